package io.onedump.binlog.restore;

import java.util.Arrays;
import java.util.Locale;

/** How archived events get into the target. */
public enum Engine {

    /** {@code mysqlbinlog} or {@code mariadb-binlog} piped into the client; needs the tools of the archive's family. */
    TOOL,
    /** The target's own replica threads, fed by us; faster, needs no tools, but a target that can connect to us. */
    REPLICA;

    /** @throws IllegalArgumentException naming the values that are known */
    public static Engine parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown engine '" + text + "': use one of "
                    + Arrays.toString(values()).toLowerCase(Locale.ROOT));
        }
    }
}
