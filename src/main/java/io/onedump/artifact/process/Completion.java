package io.onedump.artifact.process;

import java.util.regex.Pattern;

/**
 * How a program's output shows that it is whole, beside the exit code.
 *
 * @param trailer what messages call the end of a whole output
 * @param end     matches the last {@link #TAIL} bytes of a whole output, one char a byte
 * @param fatal   finds, in a line on standard error, a failure that exit code and trailer keep quiet about; null for
 *                none
 * @param maybeEmpty whether no output at all is whole too
 */
public record Completion(String trailer, Pattern end, Pattern fatal, boolean maybeEmpty) {

    private static final Pattern ANY = Pattern.compile("(?s).*");

    /** The exit code alone decides, once there is something. */
    public static final Completion EXIT_CODE = new Completion("", ANY, null);

    /** The exit code alone decides, of a program that need not print anything. */
    public static final Completion EXIT_CODE_ONLY = new Completion("", ANY, null, true);

    /** Of a program that has something to print. */
    public Completion(String trailer, Pattern end, Pattern fatal) {
        this(trailer, end, fatal, false);
    }

    /** How many of the last bytes are looked at; the longest trailer has about 200. */
    static final int TAIL = 1024;

    public boolean isSeenIn(String tail) {
        return end.matcher(tail).matches();
    }

    boolean isFatal(String line) {
        return fatal != null && fatal.matcher(line).find();
    }
}
