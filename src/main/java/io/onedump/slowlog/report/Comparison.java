package io.onedump.slowlog.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onedump.artifact.Json;
import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;

/**
 * What changed since an earlier digest. A class is slower or faster when its mean query time changed by a quarter or
 * more; changes come in the order of the time that they cost or save. Where one of the two digests could not list all
 * of its classes, nothing is called new or gone for not being listed there.
 *
 * @param earlier what the earlier digest is called
 */
public record Comparison(String earlier, List<Change> changes) {

    /** What became of a class. */
    public enum Kind {
        NEW, GONE, SLOWER, FASTER
    }

    /**
     * One class's change.
     *
     * @param before events then, 0 when it is new
     * @param after  events now, 0 when it is gone
     * @param meanBefore and meanAfter: mean query time in seconds
     */
    public record Change(Kind kind, String id, String item, long before, long after, double meanBefore,
            double meanAfter) {

        /** Seconds of query time more than before; negative for less. */
        public double seconds() {
            return after * meanAfter - before * meanBefore;
        }
    }

    private record Earlier(String id, String item, long count, double mean) {
    }

    private static final double SLOWER = 1.25;

    public Comparison {
        changes = List.copyOf(changes);
    }

    /** The changes of one kind. */
    public List<Change> of(Kind kind) {
        return changes.stream().filter(c -> c.kind() == kind).toList();
    }

    /**
     * Compares with a digest that was written as JSON.
     *
     * @throws IOException when the file cannot be read or is no such digest
     */
    public static Comparison with(Path earlier, LogDigest now) throws IOException {
        Map<String, Earlier> before = new LinkedHashMap<>();
        boolean allBefore = read(earlier, before);
        List<Change> changes = new ArrayList<>();
        for (ClassSummary c : now.classes()) {
            MetricSummary time = c.profile().queryTime();
            double mean = time == null ? 0 : time.scaled(time.mean());
            long count = c.count();
            Earlier then = before.remove(c.id());
            if (then == null && !allBefore) {
                continue;
            }
            if (then == null) {
                changes.add(new Change(Kind.NEW, c.id(), c.item(), 0, count, 0, mean));
            } else if (mean >= then.mean() * SLOWER && mean > then.mean()) {
                changes.add(new Change(Kind.SLOWER, c.id(), c.item(), then.count(), count, then.mean(),
                        mean));
            } else if (mean * SLOWER <= then.mean() && mean < then.mean()) {
                changes.add(new Change(Kind.FASTER, c.id(), c.item(), then.count(), count, then.mean(),
                        mean));
            }
        }
        if (now.other() == null) {
            before.values().forEach(then -> changes.add(
                    new Change(Kind.GONE, then.id(), then.item(), then.count(), 0, then.mean(), 0)));
        }
        changes.sort(Comparator.comparingDouble((Change c) -> Math.abs(c.seconds())).reversed());
        return new Comparison(earlier.getFileName().toString(), changes);
    }

    /** @return whether every class is listed */
    private static boolean read(Path file, Map<String, Earlier> classes) throws IOException {
        boolean digest = false;
        boolean all = true;
        try (JsonParser json = Json.parser(file)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("schema")) {
                    digest = JsonReport.SCHEMA.equals(json.getText());
                } else if (field.equals("classes") || field.equals("rest")) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        Earlier c = readClass(json);
                        classes.put(c.id(), c);
                    }
                } else {
                    all &= !field.equals("other");
                    json.skipChildren();
                }
            }
        }
        if (!digest) {
            throw new IOException(file + " is not a digest: write one with --format json");
        }
        return all;
    }

    private static Earlier readClass(JsonParser json) throws IOException {
        String id = "";
        String item = "";
        long count = 0;
        double mean = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "id" -> id = json.getText();
                case "item" -> item = json.getText();
                case "count" -> count = json.getLongValue();
                case "query_time_mean_seconds" -> mean = json.getDoubleValue();
                default -> json.skipChildren();
            }
        }
        return new Earlier(id, item, count, mean);
    }
}
