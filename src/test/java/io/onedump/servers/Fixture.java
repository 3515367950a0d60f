package io.onedump.servers;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The scripts and files in {@code src/test/resources/fixtures}. */
public final class Fixture {

    private Fixture() {
    }

    /** @param name relative to {@code fixtures/} */
    public static Path path(String name) {
        URL url = Objects.requireNonNull(Fixture.class.getResource("/fixtures/" + name), () -> "no fixture " + name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a file: " + url, e);
        }
    }
}
