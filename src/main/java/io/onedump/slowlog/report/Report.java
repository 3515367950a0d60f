package io.onedump.slowlog.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import io.onedump.artifact.ShortList;
import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;
import io.onedump.slowlog.digest.Sample;

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

    /** So many logs are named for people; the others are counted. */
    static final int MOST_FILES = 20;

    /** The metrics that come first; the others follow by name. */
    private static final List<String> FIRST = List.of("Query_time", "Lock_time", "Rows_sent", "Rows_examined",
            "Rows_affected", "Bytes_sent", "Query_size");

    /** Picks the classes of a report. */
    public static Report of(LogDigest digest, Ranking ranking, Limit limit, boolean withSamples,
            Comparison comparison) {
        LogDigest told = withSamples ? digest : digest.withoutLiterals();
        List<ClassSummary> ranked = ranking.rank(told.classes());
        double total = ranked.stream().mapToDouble(ranking::value).sum()
                + (told.other() == null || !ranking.addsUp() ? 0 : ranking.value(told.other()));
        List<ClassSummary> shown = new ArrayList<>();
        double reached = 0;
        for (ClassSummary c : ranked) {
            if (shown.size() >= limit.most() || limit.percent() < 100 && reached >= total * limit.percent() / 100
                    && !shown.isEmpty()) {
                break;
            }
            shown.add(c);
            reached += ranking.value(c);
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

    /** Seconds of query time of the classes that are not in full. */
    double restSeconds() {
        return rest.stream().mapToDouble(ClassSummary::querySeconds).sum();
    }

    /** Events of the classes that are not in full. */
    long restCount() {
        return rest.stream().mapToLong(ClassSummary::count).sum();
    }

    /** What the digest leaves open, or null when it lists every class. */
    String open() {
        return digest.other() == null
                ? null
                : String.format(Locale.ROOT,
                        "%d classes more than the memory holds, with %d events and %s of query time"
                                + " together, are in the totals but not listed; none ranks above a listed one by %s",
                        digest.otherClasses(), digest.other().count(), Quantity.seconds(digest.other().queryTimeSum()),
                        ranking);
    }

    /** Share of all query time, in percent. */
    public double timeShare(ClassSummary c) {
        double total = digest.overall().queryTimeSum();
        return total == 0 ? 0 : 100 * c.querySeconds() / total;
    }

    /** A statement to show for a class: its slowest event, or only the fingerprint when literals are kept out. */
    public String statement(ClassSummary c) {
        Sample sample = c.sample();
        if (!withSamples || sample == null) {
            return c.fingerprint();
        }
        return sample.isCut()
                ? sample.statement() + " … (" + sample.textLength() + " bytes in all)"
                : sample.statement();
    }

    /** For people: the logs' names, the first few of many. */
    String files() {
        return ShortList.of(digest.logs(), MOST_FILES);
    }
}
