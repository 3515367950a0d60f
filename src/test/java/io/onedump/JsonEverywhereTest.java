package io.onedump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.job.ExitCode;
import io.onedump.job.JobResult;
import io.onedump.job.StepFailure;
import io.onedump.job.StoredArtifact;
import io.onedump.sync.SyncResult;
import io.onedump.sync.source.SourceScan.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and messages come through as they are, and look the same, wherever JSON is written. */
class JsonEverywhereTest {

    private static final String TEXT = "a/\"b\"\\\n\t\u0000\u001b\u007fü漢😀";
    private static final String WRITTEN = "a/\\\"b\\\"\\\\\\n\\t\\u0000\\u001B\u007fü漢😀";

    static Stream<Arguments> results() {
        Instant now = Instant.parse("2026-11-30T10:00:00Z");
        return Stream.of(
                Arguments.of("job", 6, new JobResult(TEXT, now, now,
                        List.of(new StoredArtifact(TEXT, 1, TEXT, TEXT)),
                        List.of(new StepFailure(TEXT, TEXT, ExitCode.STORAGE))).toJson()),
                Arguments.of("sync", 7, new SyncResult(TEXT, TEXT, false, 1, 1, 1, 1, List.of(TEXT),
                        List.of(new Finding(TEXT, TEXT)), List.of(new Finding(TEXT, TEXT)), Duration.ZERO).toJson()),
                Arguments.of("archive run", 1, new ArchiveRun(now, 1, 1, List.of(TEXT), List.of()).json()),
                Arguments.of("archive status", 1, new ArchiveStatus(1, BinlogPosition.of("binlog.000001", 4), null, 1,
                        Duration.ZERO, null, List.of(TEXT), Duration.ZERO, 1, false).json()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void textsComeThroughAsTheyAre(String what, int times, String json) throws Exception {
        List<String> read = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(new StringReader(json))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    read.add(parser.getText());
                }
            }
        }

        assertThat(json).doesNotContain("\n");
        assertThat(json.split(Pattern.quote(WRITTEN), -1)).as(json).hasSizeGreaterThan(times);
        assertThat(read).filteredOn(TEXT::equals).hasSizeGreaterThanOrEqualTo(times);
    }
}
