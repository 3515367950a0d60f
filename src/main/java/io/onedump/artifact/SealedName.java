package io.onedump.artifact;

/** The ending that names of sealed artifacts have behind all others: {@code shop.sql.zst.age}. */
public final class SealedName {

    private static final String ENDING = ".age";

    private SealedName() {
    }

    public static boolean is(String name) {
        return name.endsWith(ENDING);
    }

    /** The name of what is in it, sealed. */
    public static String of(String plain) {
        return plain + ENDING;
    }

    /** The name of what was sealed; that itself where it is no such name. */
    public static String plain(String name) {
        return is(name) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** Another name with the endings that tell how {@code made} is compressed and sealed, where it lacks them. */
    public static String keepEndings(String made, String name) {
        if (!is(made)) {
            return Compression.ofName(made).nameFor(name);
        }
        // Who names it sealed has the whole name in mind, and retention looks for that.
        return is(name) ? name : of(Compression.ofName(plain(made)).nameFor(name));
    }
}
