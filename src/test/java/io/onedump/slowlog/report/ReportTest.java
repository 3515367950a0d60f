package io.onedump.slowlog.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.slowlog.Samples;
import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.log.LogInput;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

    private static final String HEADER = """
            # Time: 2026-11-23T03:53:%02d.000000Z
            # User@Host: app[app] @ localhost []  Id:    10
            # Query_time: %s  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: %d
            SET timestamp=1795405993;
            """;

    @TempDir
    private Path folder;

    private static String event(int second, String seconds, int examined, String statement) {
        return String.format(HEADER, second, seconds, examined) + statement + ";\n";
    }

    private static LogDigest digest(String log) throws Exception {
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        return Samples.digester(1)
                .digest(List.of(LogInput.stream("slow.log", () -> new ByteArrayInputStream(bytes))));
    }

    private static Report report(LogDigest digest, boolean withSamples) {
        return Report.of(digest, Ranking.DEFAULT, Limit.ALL, withSamples, null);
    }

    private static LogDigest threeClasses() throws Exception {
        return digest(event(1, "1.5", 100, "SELECT a FROM orders WHERE id = 'secret-1'")
                + event(2, "0.5", 300, "SELECT a FROM orders WHERE id = 'secret-2'")
                + event(3, "0.2", 9000, "DELETE FROM carts WHERE note = \"secret-3\" /* secret-4 */")
                + event(9, "0.1", 1, "CALL refresh('secret-5')"));
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void keepsEveryLiteralOutWhenAskedTo(ReportFormat format) throws Exception {
        assertThat(format.write(report(threeClasses(), true))).contains("secret-1");
        assertThat(format.write(report(threeClasses(), false))).contains("orders").doesNotContain("secret");
    }

    @Test
    void writesExactNumbersAsJson() throws Exception {
        JsonObject json = (JsonObject) Jsoner.deserialize(ReportFormat.JSON.write(report(threeClasses(), true)));
        assertThat(json.getString("schema")).isEqualTo("onedump-slowlog-digest/1");
        JsonObject overall = json.getMap("overall") instanceof JsonObject o ? o : null;
        assertThat(overall).isNotNull();
        JsonObject time = (JsonObject) ((JsonObject) overall.get("metrics")).get("query_time_seconds");
        assertThat(time.get("sum").toString()).isEqualTo("2.300000");
        assertThat(time.get("count").toString()).isEqualTo("4");
        List<JsonObject> classes = List.copyOf(json.getCollection("classes"));
        assertThat(classes.get(0).getString("item")).isEqualTo("SELECT orders");
        JsonObject slowest = (JsonObject) classes.get(0).get("slowest");
        assertThat(slowest.get("offset").toString()).isEqualTo("0");
        assertThat(slowest.getString("statement")).isEqualTo("SELECT a FROM orders WHERE id = 'secret-1'");
    }

    @Test
    void idsAreTheLastSixteenDigitsOfTheFingerprintsMd5() throws Exception {
        ClassSummary first = threeClasses().classes().get(0);
        assertThat(first.fingerprint()).isEqualTo("select a from orders where id = ?");
        assertThat(first.id()).isEqualTo("B5E2BB1041EB9638");
    }

    @Test
    void showsWhatTheLogHoldsAsTextAndNotAsMarkup() throws Exception {
        LogDigest digest = digest(event(1, "1.5", 1, "SELECT '<script>alert(1)</script><!channel>' AS `<b>\"x`"));
        assertThat(ReportFormat.HTML.write(report(digest, true)))
                .contains("&lt;script&gt;alert(1)").doesNotContain("<script>alert(1)").doesNotContain("<b>\"x");
        assertThat(ReportFormat.MARKDOWN.write(report(digest, true))).contains("&lt;!channel&gt;");
    }

    @Test
    void theHtmlPageNeedsNothingFromElsewhere() throws Exception {
        assertThat(ReportFormat.HTML.write(report(threeClasses(), true)))
                .doesNotContain("http://", "https://", "src=", "<link", "@import", "url(");
    }

    @Test
    void theTextReportHasThePartsOfPtQueryDigest() throws Exception {
        assertThat(ReportFormat.TEXT.write(report(threeClasses(), true))).contains(
                "# Overall: 4 total, 3 unique", "# Exec time          2.30s   100ms   1.50s   575ms  "
                        + " 1.50s",
                "# Profile",
                "# Rank Query ID", "# Query 1:", "# Scores: V/M", "# Query_time distribution", "# Users        app"
                        + " (2/100%)",
                "#    SHOW CREATE TABLE `orders`\\G", "SELECT a FROM orders WHERE id = 'secret-1'\\G");
    }

    @Test
    void ranksByAnyMetric() throws Exception {
        LogDigest digest = threeClasses();
        assertThat(Ranking.parse("rows_examined:max").rank(digest.classes()).get(0).item()).isEqualTo("DELETE carts");
        assertThat(Ranking.parse("count").rank(digest.classes()).get(0).item()).isEqualTo("SELECT orders");
        assertThat(Ranking.parse("Query_time:p95").rank(digest.classes()).get(2).item()).isEqualTo("CALL refresh");
        assertThatIllegalArgumentException().isThrownBy(() -> Ranking.parse("count:average"))
                .withMessageContaining("average");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "50%, 1, 2", "90%, 2, 1", "100%:2, 2, 1", "all, 3, 0"})
    void showsAsManyClassesAsTheLimitSays(String limit, int shown, int rest) throws Exception {
        Report report = Report.of(threeClasses(), Ranking.DEFAULT, Limit.parse(limit), true, null);
        assertThat(report.shown()).hasSize(shown);
        assertThat(report.rest()).hasSize(rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0%", "101%", "many", "5%5", "-1"})
    void refusesLimitsThatAreNone(String limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.parse(limit));
    }

    @Test
    void tellsWhatChangedSinceAnEarlierDigest() throws Exception {
        LogDigest before = digest(event(1, "1.0", 1, "SELECT a FROM t") + event(2, "1.0", 1, "SELECT b FROM t")
                + event(3, "1.0", 1, "SELECT c FROM t") + event(4, "1.0", 1, "SELECT d FROM t"));
        Path earlier = Files.writeString(folder.resolve("yesterday.json"),
                ReportFormat.JSON.write(Report.of(before, Ranking.DEFAULT, Limit.parse("2"), false, null)));
        LogDigest now = digest(event(1, "2.0", 1, "SELECT a FROM t") + event(2, "0.1", 1, "SELECT b FROM t")
                + event(3, "1.1", 1, "SELECT c FROM t") + event(4, "9.0", 1, "SELECT e FROM t"));
        Comparison comparison = Comparison.with(earlier, now);
        assertThat(comparison.changes()).extracting(Comparison.Change::kind).containsExactly(Comparison.Kind.NEW,
                Comparison.Kind.SLOWER, Comparison.Kind.GONE, Comparison.Kind.FASTER);
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(format.write(Report.of(now, Ranking.DEFAULT, Limit.ALL, true, comparison)))
                    .contains("yesterday.json");
        }
    }

    @Test
    void refusesToCompareWithAFileThatIsNoDigest() throws Exception {
        Path other = Files.writeString(folder.resolve("other.json"), "{\"classes\": []}");
        LogDigest now = threeClasses();
        assertThatThrownBy(() -> Comparison.with(other, now)).isInstanceOf(IOException.class)
                .hasMessageContaining("--format json");
    }
}
