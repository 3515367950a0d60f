package io.onedump.storage;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The names of files that are still being written: {@code .<name>.<run>.part}, in the folder of the file to be. */
public final class TemporaryName {

    private static final Pattern PATTERN = Pattern.compile("\\..+\\.[0-9a-f]{8}\\.part");

    /** File systems allow 255 bytes; a character takes up to 4. */
    private static final int LONGEST = 60;

    private TemporaryName() {
    }

    /** A new name that no other run uses. */
    public static String of(String name) {
        return prefix(name) + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()) + ".part";
    }

    /** The name that every run of that sender uses, so that a later one can go on with it. */
    public static String of(String name, int sender) {
        return prefix(name) + HexFormat.of().toHexDigits(sender) + ".part";
    }

    public static boolean matches(String name) {
        return PATTERN.matcher(name).matches();
    }

    /** Whether {@code temporary} was made for {@code name}, in this run or in one before. */
    public static boolean isFor(String name, String temporary) {
        return matches(temporary) && temporary.startsWith(prefix(name))
                && temporary.length() == prefix(name).length() + "00000000.part".length();
    }

    private static String prefix(String name) {
        String shown = name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST) + "~" + HexFormat.of().toHexDigits(name.hashCode());
        return "." + shown + ".";
    }
}
