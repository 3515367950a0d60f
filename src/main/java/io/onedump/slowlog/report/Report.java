package io.onedump.slowlog.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;

/**
 * A digest as it is to be told: which classes in which order, and with which literals.
 *
 * @param digest      what is told
 * @param ranking     order of the classes
 * @param shown       classes in full
 * @param rest        the other classes, in the same order
 * @param withSamples false to keep every literal out
 * @param comparison  with an earlier digest, or null
 */
public record Report(LogDigest digest, Ranking ranking, List<ClassSummary> shown, List<ClassSummary> rest,
        boolean withSamples, Comparison comparison) {

    /** The metrics that come first; the others follow by name. */
    private static final List<String> FIRST = List.of("Query_time", "Lock_time", "Rows_sent", "Rows_examined",
            "Rows_affected", "Bytes_sent", "Query_size");

    /** Picks the classes of a report. */
    public static Report of(LogDigest digest, Ranking ranking, Limit limit, boolean withSamples,
            Comparison comparison) {
        LogDigest told = withSamples ? digest : digest.withoutLiterals();
        List<ClassSummary> ranked = ranking.rank(told.classes());
        double total = ranked.stream().mapToDouble(c -> ranking.value(c.profile())).sum();
        List<ClassSummary> shown = new ArrayList<>();
        double reached = 0;
        for (ClassSummary c : ranked) {
            if (shown.size() >= limit.most() || limit.percent() < 100 && reached >= total * limit.percent() / 100
                    && !shown.isEmpty()) {
                break;
            }
            shown.add(c);
            reached += ranking.value(c.profile());
        }
        return new Report(told, ranking, shown, ranked.subList(shown.size(), ranked.size()), withSamples, comparison);
    }

    public Report {
        shown = List.copyOf(shown);
        rest = List.copyOf(rest);
    }

    /** The metrics of some events in the order in which they are told. */
    static List<MetricSummary> metrics(Profile profile) {
        return profile.metrics().values().stream()
                .sorted(Comparator.comparingInt(m -> FIRST.contains(m.name()) ? FIRST.indexOf(m.name()) : FIRST.size()))
                .toList();
    }

    /** Share of all query time, in percent. */
    public double timeShare(ClassSummary c) {
        double total = digest.overall().queryTimeSum();
        return total == 0 ? 0 : 100 * c.profile().queryTimeSum() / total;
    }

    /** A statement to show for a class: its slowest event, or only the fingerprint when literals are kept out. */
    public String statement(ClassSummary c) {
        if (!withSamples || c.sample() == null) {
            return c.fingerprint();
        }
        return c.sample().isCut()
                ? c.sample().statement() + " … (" + c.sample().textLength() + " bytes in all)"
                : c.sample().statement();
    }
}
