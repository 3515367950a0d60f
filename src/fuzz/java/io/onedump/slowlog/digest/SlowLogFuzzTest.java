package io.onedump.slowlog.digest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.onedump.slowlog.Damage;
import io.onedump.slowlog.fingerprint.Distiller;
import io.onedump.slowlog.fingerprint.Fingerprinter;
import io.onedump.slowlog.text.LogText;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Coverage-guided: {@code JAZZER_FUZZ=1 mvn test -Pfuzz -Dtest=SlowLogFuzzTest}. Without the variable it runs the seeds
 * only.
 */
class SlowLogFuzzTest {

    static Stream<Arguments> logs() throws IOException {
        return Damage.logs().values().stream().map(log -> Arguments.of((Object) log));
    }

    /**
     * No exception, events in order and within the log, and the same events when the log comes in parts or is split.
     */
    @MethodSource("logs")
    @FuzzTest(maxDuration = "3m")
    void anyBytesAreReadToTheirEnd(byte[] log) {
        List<Reading.Event> whole = Reading.atOnce(log);
        long last = 0;
        for (Reading.Event e : whole) {
            check(e.from() >= last && e.from() < e.to() && e.to() <= log.length, "events out of order: " + whole);
            last = e.to();
        }
        check(Reading.inParts(log, 64).equals(whole), "in parts " + Reading.inParts(log, 64) + ", as a whole " + whole);
        check(Reading.split(log).equals(whole), "split " + Reading.split(log) + ", as a whole " + whole);
    }

    /** Fingerprints never throw, and a fingerprint is its own fingerprint's twin in every run. */
    @MethodSource("logs")
    @FuzzTest(maxDuration = "2m")
    void anyBytesHaveAFingerprint(byte[] statement) {
        Fingerprinter fingerprinter = new Fingerprinter();
        fingerprinter.of(statement, 0, statement.length, false);
        byte[] first = Arrays.copyOf(fingerprinter.bytes(), fingerprinter.length());
        fingerprinter.of("SELECT 1".getBytes(StandardCharsets.US_ASCII), 0, 8, false);
        fingerprinter.of(statement, 0, statement.length, false);
        check(Arrays.equals(first, Arrays.copyOf(fingerprinter.bytes(), fingerprinter.length())), "state is left over");
        Distiller.distill(LogText.text(first, 0, first.length));
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new IllegalStateException(message);
        }
    }
}
