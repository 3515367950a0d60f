package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of every command that takes a time reads the same. */
class TimesTest {

    private static final String LOG = "src/test/resources/slowlogs/server-generated/derived-mysql80-plain.log.gz";

    private static final List<String> OPTIONS = List.of("slow --since", "slow --until", "binlog sync --since",
            "binlog sync --until", "binlog find --since", "binlog find --until", "binlog restore --to");

    static Stream<Arguments> understood() {
        return combined("24h", "7d", "90m", "30s", "2w", "2026-11-23", "2026-11-23T07:00:00Z",
                "2026-11-23T08:00:00.250+01:00", "2026-11-23 08:00+01:00");
    }

    static Stream<Arguments> refused() {
        return combined("2026-11-23T07:00:00", "2026-11-23 07:00", "yesterday", "24", "24x");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("understood")
    void isUnderstood(String option, String time) {
        StringWriter err = run(option, time, 0, 1);

        assertThat(err.toString()).doesNotContain("time");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refused")
    void isRefusedWithWhatToWrite(String option, String time) {
        StringWriter err = run(option, time, 1, 1);

        assertThat(err.toString()).contains("'" + time + "' is ").contains(time.contains(":")
                ? time.replace(' ', 'T') + "Z"
                : "24h");
    }

    private static Stream<Arguments> combined(String... times) {
        return OPTIONS.stream().flatMap(option -> Stream.of(times).map(time -> Arguments.of(option, time)));
    }

    /** The binlog commands go no further than to their configuration, which is not there. */
    private static StringWriter run(String option, String time, int ofSlow, int ofOthers) {
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(List.of(option.split(" ")));
        words.add(time);
        if (option.startsWith("slow")) {
            words.add(LOG);
        } else {
            words.addAll(List.of("--job", "archive", "--config", "nowhere"));
        }
        if (option.startsWith("binlog restore")) {
            words.addAll(List.of("--target-dsn", "mysql://root@127.0.0.1:1", "--start-file", "binlog.000001"));
        }
        int code = Onedump.commandLine().setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
        assertThat(code).as("%s", err).isEqualTo(option.startsWith("slow") ? ofSlow : ofOthers);
        return err;
    }
}
