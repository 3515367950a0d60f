package io.onedump.artifact.process;

import java.util.regex.Pattern;

/**
 * How a program's output shows that it is whole, beside the exit code.
 *
 * @param trailer what messages call the end of a whole output
 * @param end     matches the last {@link #TAIL} bytes of a whole output, one char a byte
 * @param fatal   finds, in a line on standard error, a failure that exit code and trailer keep quiet about; null for
 *                none
 */
public record Completion(String trailer, Pattern end, Pattern fatal) {

    /** The exit code alone decides. */
    public static final Completion EXIT_CODE = new Completion("", Pattern.compile("(?s).*"), null);

    /** How many of the last bytes are looked at; the longest trailer has about 200. */
    static final int TAIL = 1024;

    public boolean isSeenIn(String tail) {
        return end.matcher(tail).matches();
    }

    boolean isFatal(String line) {
        return fatal != null && fatal.matcher(line).find();
    }
}
