package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

import io.onedump.artifact.CleanText;
import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;

/**
 * A digest as a message, in the Markdown that Slack and the Markdown of everyone else have in common: emphasis with one
 * asterisk, lists, code. Short enough for one message.
 */
final class MarkdownReport {

    private static final int STATEMENT = 200;
    private static final int MOST_CHANGES = 5;

    private final Report report;
    private final StringBuilder out = new StringBuilder();

    private MarkdownReport(Report report) {
        this.report = report;
    }

    static void write(Report report, Writer to) throws IOException {
        to.write(CleanText.characters(new MarkdownReport(report).document()));
    }

    private String document() {
        LogDigest digest = report.digest();
        Profile all = digest.overall();
        out.append("*Slow queries: ").append(Quantity.count(all.count())).append(" events in ")
                .append(digest.classCount()).append(" classes, ").append(Quantity.seconds(all.queryTimeSum()))
                .append(" of query time*\n");
        if (all.isTimed()) {
            out.append(Quantity.time(Profile.instant(all.first()))).append(" to ")
                    .append(Quantity.time(Profile.instant(all.last()))).append('\n');
        }
        digest.failures().forEach(f -> out.append("*Failed:* ").append(f.log()).append(": ").append(f.message())
                .append('\n'));
        if (digest.health().skippedBytes() > 0) {
            out.append(digest.health().skippedBytes()).append(" bytes could not be read\n");
        }
        if (report.open() != null) {
            out.append("Not listed: ").append(report.open()).append('\n');
        }
        int rank = 0;
        for (ClassSummary c : report.shown()) {
            entry(++rank, c);
        }
        if (!report.rest().isEmpty()) {
            out.append("\n").append(report.rest().size()).append(" more classes\n");
        }
        if (report.comparison() != null) {
            comparison(report.comparison());
        }
        return out.toString();
    }

    private void entry(int rank, ClassSummary c) {
        Profile profile = c.profile();
        MetricSummary time = profile.queryTime();
        out.append('\n').append(rank).append(". *").append(Quantity.percent(report.timeShare(c))).append("* ")
                .append(escaped(c.item())).append(": ").append(Quantity.count(profile.count())).append(" calls");
        if (time != null) {
            out.append(", mean ").append(Quantity.of(time, time.mean())).append(", p95 ")
                    .append(Quantity.of(time, time.p95())).append(", max ").append(Quantity.of(time, time.max()));
        }
        out.append("\n   `").append(code(report.statement(c))).append("`\n");
    }

    private void comparison(Comparison comparison) {
        out.append("\n*Compared with ").append(comparison.earlier()).append("*\n");
        for (Comparison.Kind kind : Comparison.Kind.values()) {
            List<Comparison.Change> changes = comparison.of(kind);
            if (!changes.isEmpty()) {
                out.append("- ").append(changes.size()).append(' ').append(kind.name().toLowerCase(Locale.ROOT))
                        .append(": ");
                changes.stream().limit(MOST_CHANGES).forEach(c -> out.append(escaped(c.item())).append(" (")
                        .append(Quantity.seconds(c.meanBefore())).append(" → ").append(Quantity.seconds(c.meanAfter()))
                        .append("); "));
                out.append('\n');
            }
        }
    }

    private static String code(String statement) {
        String oneLine = statement.replaceAll("\\s+", " ").replace('`', '\'');
        return escaped(oneLine.length() > STATEMENT ? oneLine.substring(0, STATEMENT) + "…" : oneLine);
    }

    /** Slack reads mentions and links between angle brackets, in code too. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
