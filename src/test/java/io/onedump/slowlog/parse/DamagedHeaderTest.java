package io.onedump.slowlog.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.onedump.slowlog.Damage;
import io.onedump.slowlog.Samples;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** A damaged line of one header costs that event at most: those before and after it are found, and nothing is glued. */
@Tag("slow")
class DamagedHeaderTest {

    private static final String LINES = "(?<=\n)";

    private record Event(String query, String user, Object queryTime) {

        static Event of(JsonObject json) {
            return new Event(json.getString("query"), json.getString("user"), json.get("query_time"));
        }
    }

    private static List<Event> events(String log) throws IOException {
        return Samples.events(log.getBytes(StandardCharsets.ISO_8859_1)).stream().map(Event::of).toList();
    }

    private static boolean isBeforeStatement(String line) {
        return line.startsWith("#") && !line.startsWith("# admin") || line.startsWith("use ")
                || line.startsWith("SET ") && line.contains("timestamp=");
    }

    /** What may become of a line, by what happened to it. */
    private static Map<String, String> damages(String line) {
        String text = line.stripTrailing();
        String end = line.substring(text.length());
        Map<String, String> damages = new LinkedHashMap<>();
        damages.put("lost its #", line.substring(1));
        damages.put("lost its # and blank", line.substring(1).stripLeading());
        damages.put("another byte for the #", "?" + line.substring(1));
        damages.put("a blank before the #", " " + line);
        damages.put("lost its beginning", line.substring(Math.min(5, text.length())));
        damages.put("lost its first half", line.substring(text.length() / 2));
        damages.put("lost its second half", line.substring(0, text.length() / 2) + end);
        damages.put("lost its end", line.substring(0, text.length() - 1) + end);
        damages.put("lost its newline", text);
        damages.put("lost its end and newline", line.substring(0, text.length() / 2));
        damages.put("was parted", line.substring(0, text.length() / 2) + end + line.substring(text.length() / 2));
        damages.put("is missing", "");
        damages.put("is empty", end);
        damages.put("is noise", "\u0001\u0002x'\"`/*" + end);
        damages.put("holds a quote", text + " '" + end);
        return damages;
    }

    @TestFactory
    Stream<DynamicTest> costsThatEventAtMost() throws IOException {
        return Damage.logs().entrySet().stream().map(log -> dynamicTest(log.getKey(),
                () -> assertCostsOneAtMost(new String(log.getValue(), StandardCharsets.ISO_8859_1))));
    }

    private static void assertCostsOneAtMost(String log) throws IOException {
        List<JsonObject> whole = Samples.events(log.getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < whole.size(); i++) {
            int from = whole.get(i).getInteger("offset");
            int to = whole.get(i).getInteger("offset_end");
            List<Event> before = whole.subList(0, i).stream().map(Event::of).toList();
            List<Event> after = whole.subList(i + 1, whole.size()).stream().map(Event::of).toList();
            List<String> lines = List.of(log.substring(from, to).split(LINES));
            for (int n = 0; n < lines.size() - 1 && isBeforeStatement(lines.get(n)); n++) {
                for (Map.Entry<String, String> damage : damages(lines.get(n)).entrySet()) {
                    List<String> damaged = new ArrayList<>(lines);
                    damaged.set(n, damage.getValue());
                    String text = log.substring(0, from) + String.join("", damaged) + log.substring(to);
                    List<Event> found = events(text);
                    String what = "event " + i + ", line " + n + " " + damage.getKey() + ": " + lines.get(n);
                    assertThat(found.size()).as(what).isBetween(whole.size() - 1, whole.size());
                    assertThat(found.subList(0, i)).as(what).isEqualTo(before);
                    assertThat(found.subList(found.size() - after.size(), found.size())).as(what).isEqualTo(after);
                }
            }
        }
    }
}
