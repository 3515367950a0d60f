package io.onedump.database.mysql;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of a host that mean this machine, whatever a name server says. */
public final class ThisMachine {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    private ThisMachine() {
    }

    public static boolean is(String host) {
        return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
