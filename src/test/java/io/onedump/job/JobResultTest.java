package io.onedump.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobResultTest {

    private static final Instant START = Instant.parse("2026-11-01T03:00:00Z");
    private static final StoredArtifact STORED =
            new StoredArtifact("shop.sql.zst", 1_234_567, "ab".repeat(32), "file:/b/shop");
    private static final StepFailure FAILED = new StepFailure("keep", "storage sftp:nas:"
            + " \"refused\"", ExitCode.STORAGE);

    @Test
    void isASuccessWithoutFailures() {
        JobResult result = result(List.of(STORED), List.of());

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.error()).isEmpty();
        assertThat(result)
                .hasToString("shop: succeeded in 1.5 s\n  stored file:/b/shop, 1.2 MB, sha256 " + "ab".repeat(32));
    }

    @Test
    void tellsEveryFailure() {
        JobResult result = result(List.of(STORED), List.of(FAILED, new StepFailure("dump", "died", ExitCode.PRODUCER)));

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.error()).isEqualTo("storage sftp:nas: \"refused\"; died");
        assertThat(result.toString()).startsWith("shop: FAILED in 1.5 s\n  stored ").contains("\n  failed died");
    }

    @Test
    void tellsWarningsWithoutBeingAFailure() {
        JobResult result = new JobResult("shop", START, START.plusMillis(1500), List.of(), List.of(),
                List.of("FLOAT loses digits"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result).hasToString("shop: succeeded in 1.5 s\n  warning FLOAT loses digits");
        assertThat(result.toJson()).endsWith(",\"warnings\":[\"FLOAT loses digits\"]}");
    }

    @Test
    void isOneLineOfJson() throws Exception {
        String json = result(List.of(STORED), List.of(FAILED)).toJson();

        assertThat(json).doesNotContain("\n");
        JsonObject parsed = (JsonObject) Jsoner.deserialize(json);
        assertThat(parsed.getString("job")).isEqualTo("shop");
        assertThat(parsed.getBoolean("ok")).isFalse();
        assertThat(parsed.getInteger("exit_code")).isEqualTo(3);
        assertThat(parsed.getString("started_at")).isEqualTo("2026-11-01T03:00:00Z");
        assertThat(parsed.getDouble("seconds")).isEqualTo(1.5);
        assertThat(((JsonObject) parsed.getCollection("artifacts").iterator().next()).getLong("size_bytes"))
                .isEqualTo(1_234_567);
        assertThat(((JsonObject) parsed.getCollection("failures").iterator().next()).getString("error"))
                .isEqualTo(FAILED.message());
    }

    @Test
    void tellsWhatIsKnownOfADump() {
        StoredArtifact dump = new StoredArtifact("shop.sql.zst", 10, "ab", "file:/b/shop",
                Map.of("rows", "1234", "tables", "2", "snapshot", "lock-tables connections=2"));
        JobResult result = result(List.of(dump), List.of());

        assertThat(result.toString()).endsWith(", sha256 ab, 2 tables, 1234 rows");
        assertThat(result.toJson()).contains("\"facts\":{\"rows\":\"1234\",\"snapshot\":\"lock-tables connections=2\","
                + "\"tables\":\"2\"}");
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, STORAGE, 3", "STORAGE, PRODUCER, 2", "PRODUCER, SUCCESS, 2", "NOTIFICATION, STORAGE, 3",
            "SUCCESS, SUCCESS, 0", "CONFIGURATION, PRODUCER, 1"})
    void reportsTheWorseOfTwoOutcomes(ExitCode one, ExitCode other, int code) {
        assertThat(one.worse(other).code()).isEqualTo(code);
        assertThat(other.worse(one).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "1500000, 1.5 MB", "20e9, 20.0 GB", "5e12, 5.0 TB", "7e18,"
            + " 7000.0 PB"})
    void countsBytesForPeople(double bytes, String text) {
        assertThat(ByteCount.format(bytes)).isEqualTo(text);
    }

    private static JobResult result(List<StoredArtifact> artifacts, List<StepFailure> failures) {
        return new JobResult("shop", START, START.plusMillis(1500), artifacts, failures);
    }
}
