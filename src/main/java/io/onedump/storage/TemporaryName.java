package io.onedump.storage;

import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of files that are still being written, in the folder of the file to be: {@code .<name>.<digits>.part}.
 * There are 8 digits for the file or, where it never changes, for the sender; in front of them, where only the name can
 * tell, 16 for the writing process.
 */
public final class TemporaryName {

    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern PATTERN =
            Pattern.compile("\\..+\\.(?:[0-9a-f]{8}|([0-9a-f]{16})([0-9a-f]{8}))\\.part");

    /** File systems allow 255 bytes; a character takes up to 4. */
    private static final int LONGEST = 60;

    /** Files that this process writes now. */
    private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();

    /** Another class loader of this process may load this class too, and claims other names. */
    private static final String INSTANCE = digits().substring(4);

    private TemporaryName() {
    }

    /** A name that nobody else uses and, until it is closed, nobody removes. */
    public static final class Claim implements AutoCloseable {

        private final String name;
        private final String digits;

        private Claim(String name, String digits) {
            this.name = name;
            this.digits = digits;
        }

        public String name() {
            return name;
        }

        /** The file is not written any more; where it is still there, it is left over. */
        @Override
        public void close() {
            CLAIMED.remove(digits);
        }
    }

    /** A new name that no other run uses, for a folder where those who write hold a lock. */
    public static String of(String name) {
        return prefix(name) + digits() + ".part";
    }

    /** A new name for what will be {@code name}, for where there are no locks. */
    public static Claim claim(String name) {
        String digits;
        do {
            digits = INSTANCE + digits().substring(4);
        } while (!CLAIMED.add(digits));
        return new Claim(prefix(name) + WriterIdentity.own() + digits + ".part", digits);
    }

    /** The name that every run of that sender uses, so that a later one can go on with it. */
    public static String of(String name, int sender) {
        return prefix(name) + HEX.toHexDigits(sender) + ".part";
    }

    public static boolean matches(String name) {
        return PATTERN.matcher(name).matches();
    }

    /** Whether it certainly is being written, by this process or by another one of this machine. */
    public static boolean isBeingWritten(String name) {
        Matcher matcher = PATTERN.matcher(name);
        return matcher.matches() && matcher.group(1) != null
                && (isOwn(matcher) ? CLAIMED.contains(matcher.group(2)) : WriterIdentity.isAlive(matcher.group(1)));
    }

    /** Whether it certainly is written by nobody any more: this process has ended with it, or its writer is dead. */
    public static boolean isLeft(String name) {
        Matcher matcher = PATTERN.matcher(name);
        return matcher.matches() && matcher.group(1) != null
                && (isOwn(matcher) ? !CLAIMED.contains(matcher.group(2)) : WriterIdentity.isDead(matcher.group(1)));
    }

    private static boolean isOwn(Matcher matcher) {
        return matcher.group(1).equals(WriterIdentity.own()) && matcher.group(2).startsWith(INSTANCE);
    }

    private static String digits() {
        return HEX.toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    private static String prefix(String name) {
        String shown =
                name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "~" + HEX.toHexDigits(name.hashCode());
        return "." + shown + ".";
    }
}
