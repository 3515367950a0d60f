package io.onedump.slowlog.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.onedump.slowlog.Damage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is missing from a log or wrong in it, reading ends well and events before the damage stay as they were. */
@Tag("slow")
class DamagedLogsTest {

    private static void unchangedBefore(int damage, List<Reading.Event> whole, byte[] damaged, String what) {
        List<Reading.Event> before = whole.stream().filter(e -> e.to() <= damage).toList();
        List<Reading.Event> actual = Reading.atOnce(damaged);
        assertThat(actual.size()).as(what).isGreaterThanOrEqualTo(before.size());
        assertThat(actual.subList(0, before.size())).as(what).isEqualTo(before);
    }

    @TestFactory
    Stream<DynamicTest> everyPrefixKeepsItsWholeEvents() throws IOException {
        return Damage.logs().entrySet().stream().map(log -> dynamicTest(log.getKey(), () -> {
            List<Reading.Event> whole = Reading.atOnce(log.getValue());
            assertThat(whole).isNotEmpty();
            for (int end = 0; end < log.getValue().length; end++) {
                unchangedBefore(end, whole, Arrays.copyOf(log.getValue(), end), "first " + end + " bytes");
            }
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyMissingByteLeavesTheEventsBeforeItAsTheyWere() throws IOException {
        return Damage.logs().entrySet().stream().map(log -> dynamicTest(log.getKey(), () -> {
            byte[] bytes = log.getValue();
            List<Reading.Event> whole = Reading.atOnce(bytes);
            for (int i = 0; i < bytes.length; i++) {
                byte[] damaged = new byte[bytes.length - 1];
                System.arraycopy(bytes, 0, damaged, 0, i);
                System.arraycopy(bytes, i + 1, damaged, i, bytes.length - i - 1);
                unchangedBefore(i, whole, damaged, "without byte " + i);
            }
        }));
    }

    /** Bytes are flipped, removed, doubled and moved; the seed makes a failure come again. */
    @TestFactory
    Stream<DynamicTest> randomDamageIsReadTheSameHoweverTheLogIsCut() throws IOException {
        return Damage.logs().entrySet().stream().map(log -> dynamicTest(log.getKey(), () -> {
            for (int seed = 0; seed < 300; seed++) {
                byte[] damaged = mutated(log.getValue(), new Random(seed));
                List<Reading.Event> events = Reading.atOnce(damaged);
                assertThat(events).as("seed " + seed).allSatisfy(e -> assertThat(e.from()).isLessThan(e.to()));
                assertThat(Reading.inParts(damaged, 97)).as("seed " + seed).isEqualTo(events);
                assertThat(Reading.split(damaged)).as("seed " + seed).isEqualTo(events);
            }
        }));
    }

    /** Two lines of a header ran into what came after them. */
    @ParameterizedTest
    @ValueSource(strings = {
            "# User@Host: a[a] @ localhost []\n# Query_time: 0.1  Lock_time: 0.0 Rows_sent: 0  Rows_exaministrator"
                    + " command: Quit;\n",
            "# User@Host: a[a] @ localhost [:13Z\n# User@Host: a[a] @ localhost []\n"
                    + "# Query_time: 0.1  Lock_time: 0'a';\n"})
    void aLogIsNotCutAfterAHeaderWithoutAStatement(String header) {
        String whole = """
                # Time: 2026-11-23T03:53:13.675091Z
                # User@Host: a[a] @ localhost []
                # Query_time: 0.1  Lock_time: 0.0 Rows_sent: 0  Rows_examined: 0
                SELECT 1;
                """;
        byte[] log =
                (whole + "# Time: 2026-11-23T03:53:13.675091Z\n" + header + whole).getBytes(StandardCharsets.US_ASCII);
        assertThat(Reading.split(log)).isEqualTo(Reading.atOnce(log));
    }

    private static byte[] mutated(byte[] log, Random random) {
        byte[] bytes = log.clone();
        for (int n = random.nextInt(20); n >= 0; n--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(200), bytes.length - at);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "'\"`\n;#\\*/-".charAt(random.nextInt(10));
                case 2 -> System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
                default -> Arrays.fill(bytes, at, at + length, bytes[at]);
            }
        }
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
    }
}
