package io.onedump.artifact;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Addresses of the web, as options hold them. */
public final class WebAddress {

    private WebAddress() {
    }

    /** Whether it begins with http or https and names a host. */
    public static boolean isOne(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
