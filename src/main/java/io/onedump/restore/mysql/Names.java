package io.onedump.restore.mysql;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.onedump.artifact.Nearest;
import io.onedump.artifact.ShortList;
import io.onedump.dump.format.DumpIndex;

/** Names of objects as they stand in frames and in messages. */
final class Names {

    private static final int SHOWN = 5;

    private Names() {
    }

    /** In bytes, one character each. */
    static String bytes(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A few of them, for a message: those that are nearest to what was written. */
    static String some(List<String> names, String wanted) {
        return some(Nearest.first(wanted, names));
    }

    static String some(List<String> names) {
        return ShortList.of(names, SHOWN);
    }

    /** What kind of object it is. */
    static String kind(DumpIndex.Part part) {
        return part.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
