package io.onedump.slowlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.onedump.slowlog.log.LogInput;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every sample event by event; the rules of comparison are those of the samples' README. */
class SampleLogsTest {

    private static final List<String> TEXTS = List.of("priv_user", "ip");
    private static final List<String> NUMBERS = List.of("query_time", "lock_time", "rows_sent", "rows_examined",
            "rows_affected", "thread_id", "set_timestamp", "offset", "offset_end");

    @TestFactory
    Stream<DynamicTest> readsEveryEventOfEverySample() {
        return Samples.folders().stream().flatMap(folder -> Samples.expectations(folder).stream()
                .map(file -> dynamicTest(folder.resolve("expected").relativize(file).toString(),
                        () -> compare(folder, file))));
    }

    private static void compare(Path folder, Path expectation) throws Exception {
        JsonObject expected = Samples.json(expectation);
        String name = folder.resolve("expected").relativize(expectation).toString().replaceFirst("\\.json$", "");
        List<JsonObject> actual = Samples.events(LogInput.file(folder.resolve(name)));
        List<JsonObject> events = expected.getCollection("events");
        assertThat(actual).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
            compareEvent(name + " event " + i, events.get(i), actual.get(i));
        }
    }

    private static void compareEvent(String what, JsonObject expected, JsonObject actual) throws Exception {
        compareText(what, expected, actual);
        assertThat(actual.get("admin")).as(what).isEqualTo(expected.get("admin"));
        compareDatabase(what, expected, actual);
        for (String key : TEXTS) {
            if (expected.containsKey(key)) {
                assertThat(actual.get(key)).as(what + " " + key).isEqualTo(expected.get(key));
            }
        }
        for (String key : List.of("user", "host")) {
            assertThat(actual.get(key)).as(what + " " + key)
                    .isIn(expected.get(key), expected.get(key + "_as_upstream"));
        }
        for (String key : NUMBERS) {
            if (expected.containsKey(key)) {
                assertThat(number(actual.get(key))).as(what + " " + key).isEqualTo(number(expected.get(key)));
            }
        }
        compareTime(what, expected, actual);
        compareExtra(what, expected, actual);
    }

    /**
     * MySQL names the database only when it changes, so what is carried counts; MariaDB names it always. The public
     * samples say only what an event itself names.
     */
    private static void compareDatabase(String what, JsonObject expected, JsonObject actual) {
        boolean mariaDb = expected.containsKey("rows_affected");
        if (expected.containsKey("db_carry") && !mariaDb) {
            assertThat(actual.get("db")).as(what + " db").isEqualTo(expected.get("db_carry"));
        } else if (expected.containsKey("db_carry") || expected.get("db") != null) {
            assertThat(actual.get("db")).as(what + " db").isEqualTo(expected.get("db"));
        }
    }

    private static void compareText(String what, JsonObject expected, JsonObject actual) throws Exception {
        String text = stripped(actual.getString("query"));
        if (expected.containsKey("query_sha256")) {
            byte[] raw = actual.getString("query").getBytes("latin1-of-raw-bytes".equals(expected.get("query_encoding"))
                    ? StandardCharsets.ISO_8859_1
                    : StandardCharsets.UTF_8);
            assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw))).as(what)
                    .isEqualTo(expected.get("query_sha256"));
        }
        assertThat(text).as(what).isEqualTo(stripped(expected.getString("query")));
    }

    private static void compareTime(String what, JsonObject expected, JsonObject actual) {
        String ts = actual.getString("ts");
        if (expected.containsKey("ts")) {
            assertThat(ts == null ? null : ts.substring(0, 19)).as(what + " ts").isEqualTo(expected.get("ts"));
        }
        String header = expected.getString("ts_header");
        if (header != null && header.contains("T")) {
            assertThat(ts).as(what + " ts").isEqualTo(header);
        } else if (expected.containsKey("ts_header")) {
            assertThat(ts).as(what + " ts").isEqualTo(header == null
                    ? null
                    : "20" + header.substring(0, 2) + "-"
                            + header.substring(2, 4) + "-" + header.substring(4, 6) + "T"
                            + header.substring(7).replace(' ', '0'));
        }
    }

    private static void compareExtra(String what, JsonObject expected, JsonObject actual) {
        Map<String, Object> extra = expected.getMap("extra");
        if (extra != null) {
            Map<String, Object> metrics = actual.getMap("metrics");
            extra.forEach((name, value) -> assertThat(number(metrics.get(name))).as(what + " " + name)
                    .isEqualTo(number(value)));
        }
    }

    private static Object number(Object value) {
        return value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : value;
    }

    private static String stripped(String text) {
        String stripped = text.stripTrailing();
        return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1).stripTrailing() : stripped;
    }
}
