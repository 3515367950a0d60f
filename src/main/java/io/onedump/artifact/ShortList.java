package io.onedump.artifact;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a message: the first few of many. */
public final class ShortList {

    private ShortList() {
    }

    /** {@code a, b, c and 7 more}. */
    public static String of(Collection<String> names, int most) {
        String some = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? some + " and " + (names.size() - most) + " more" : some;
    }
}
