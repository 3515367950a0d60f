package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;
import io.onedump.slowlog.digest.Sample;
import io.onedump.slowlog.parse.LogHealth;

/** A digest as one page that needs no other file. Everything that comes from the log is escaped. */
final class HtmlReport {

    private static final String BODY = "<!--BODY-->";
    private static final List<String> COLUMNS = List.of("#", "Statement", "Query time", "Calls", "Mean", "p50", "p95",
            "p99", "Max", "V/M", "Examined / sent", "Over time");
    private static final int MOST_NAMES = 10;
    private static final int MOST_CHANGES = 30;

    private final Report report;
    private final LogDigest digest;
    private final Writer to;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(Report report, Writer to) {
        this.report = report;
        this.to = to;
        this.digest = report.digest();
    }

    static void write(Report report, Writer to) throws IOException {
        String[] around = template().split(BODY, 2);
        to.write(around[0]);
        new HtmlReport(report, to).body();
        to.write(around[1]);
    }

    private static String template() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the jar's own report.html cannot be read", e);
        }
    }

    private void body() throws IOException {
        Profile all = digest.overall();
        out.append("<h1>Slow query digest</h1>\n<p class=\"soft\">").append(escape(report.files()));
        if (all.isTimed()) {
            out.append("<br>").append(time(all.first())).append(" to ").append(time(all.last())).append(" UTC");
        }
        out.append("</p>\n");
        tiles(all);
        problems();
        if (!all.timeline().isEmpty()) {
            out.append("<h2>Query time over time</h2>\n<div class=\"card\">")
                    .append(Charts.timeline(all.timeline(), Charts.PAGE))
                    .append("</div>\n");
        }
        if (report.comparison() != null) {
            comparison(report.comparison());
        }
        out.append("<h2>Statements</h2>\n");
        classes();
        out.append("<h2>All events</h2>\n<div class=\"card grid\"><div class=\"scroll\">");
        metrics(all, false);
        out.append("</div><div>");
        flags(all);
        out.append("<h3>Query time distribution</h3>").append(Charts.histogram(all.histogram()))
                .append("</div></div>\n");
        flush();
    }

    private void flush() throws IOException {
        to.append(out);
        out.setLength(0);
    }

    private void tiles(Profile all) {
        out.append("<div class=\"tiles\">\n");
        tile("events", Quantity.count(all.count()));
        tile("classes", String.valueOf(digest.classCount()));
        tile("query time", Quantity.seconds(all.queryTimeSum()));
        if (all.queryTime() != null) {
            tile("mean", Quantity.of(all.queryTime(), all.queryTime().mean()));
            tile("p95", Quantity.of(all.queryTime(), all.queryTime().p95()));
            tile("max", Quantity.of(all.queryTime(), all.queryTime().max()));
        }
        if (all.seconds() > 0) {
            tile("events a second", String.format(Locale.ROOT, "%.2f", all.count() / all.seconds()));
            tile("running at once", String.format(Locale.ROOT, "%.2f", all.queryTimeSum() / all.seconds()));
        }
        out.append("</div>\n");
    }

    private void tile(String name, String value) {
        out.append("<div class=\"card tile\"><b>").append(value).append("</b><span class=\"soft\">").append(name)
                .append("</span></div>\n");
    }

    private void problems() {
        LogHealth health = digest.health();
        digest.failures().forEach(f -> out.append("<p class=\"card warn\"><b>Failed:</b> ").append(escape(f.log()))
                .append(": ").append(escape(f.message())).append("</p>\n"));
        out.append("<p class=\"soft\">Read ").append(Quantity.bytes(health.bytes())).append(" bytes, ")
                .append(health.events()).append(" events. ");
        if (health.skippedBytes() + health.incomplete() + health.cut() + health.malformedValues() > 0) {
            out.append("Not read: ").append(health.skippedBytes()).append(" bytes, ").append(health.incomplete())
                    .append(" incomplete events, ").append(health.malformedValues()).append(" malformed values; ")
                    .append(health.cut()).append(" events cut off at the end. ");
        }
        if (digest.filtered() > 0) {
            out.append(digest.filtered()).append(" events filtered out. ");
        }
        if (digest.rateLimit() > 1) {
            out.append("The server logged only one of ").append(digest.rateLimit()).append(" (log_slow_rate_limit). ");
        }
        if (report.open() != null) {
            out.append("Not listed: ").append(escape(report.open())).append(". ");
        }
        out.append("</p>\n");
    }

    private void comparison(Comparison comparison) {
        out.append("<h2>Compared with ").append(escape(comparison.earlier())).append("</h2>\n<div class=\"card"
                + " scroll\">");
        if (comparison.changes().isEmpty()) {
            out.append("Nothing changed by a quarter or more.</div>\n");
            return;
        }
        out.append("<table><thead><tr><th class=\"left\">Change</th><th class=\"left\">Statement</th><th>Mean"
                + " before</th>"
                + "<th>Mean now</th><th>Calls before</th><th>Calls now</th><th>Query time</th></tr></thead><tbody>");
        comparison.changes().stream().limit(MOST_CHANGES).forEach(c -> {
            String kind = c.kind().name().toLowerCase(Locale.ROOT);
            out.append("<tr><td class=\"left kind ").append(kind).append("\">").append(kind)
                    .append("</td><td class=\"left\">").append(escape(c.item())).append("</td>");
            cell(c.before() == 0 ? "" : Quantity.seconds(c.meanBefore()));
            cell(c.after() == 0 ? "" : Quantity.seconds(c.meanAfter()));
            cell(Quantity.count(c.before()));
            cell(Quantity.count(c.after()));
            cell((c.seconds() < 0 ? "−" : "+") + Quantity.seconds(Math.abs(c.seconds())));
            out.append("</tr>\n");
        });
        out.append("</tbody></table></div>\n");
    }

    private void classes() throws IOException {
        out.append("<div class=\"card scroll\"><table id=\"classes\"><thead><tr>");
        for (String column : COLUMNS) {
            out.append(column.equals("Statement") ? "<th class=\"left\"><button>" : "<th><button>").append(column)
                    .append("</button></th>");
        }
        out.append("</tr></thead>\n");
        double largest = report.shown().stream().mapToDouble(report::timeShare).max().orElse(1);
        int rank = 0;
        for (ClassSummary c : report.shown()) {
            row(++rank, c, largest);
            flush();
        }
        out.append("</table>");
        if (!report.rest().isEmpty()) {
            out.append("<p class=\"soft\">").append(report.rest().size()).append(" more classes with ")
                    .append(Quantity.count(report.restCount()))
                    .append(" events are not shown.</p>");
        }
        out.append("</div>\n");
    }

    private void row(int rank, ClassSummary c, double largest) {
        Profile profile = c.profile();
        MetricSummary time = profile.queryTime();
        double share = report.timeShare(c);
        out.append("<tbody><tr class=\"class\">");
        sortable(rank, "<button class=\"toggle\" aria-expanded=\"false\" aria-label=\"Details\">▸</button>" + rank);
        out.append("<td class=\"item\" title=\"").append(escape(c.fingerprint())).append("\">").append(escape(c.item()))
                .append("</td>");
        out.append(String.format(Locale.ROOT,
                "<td class=\"share\" data-v=\"%.6f\"><i style=\"width:%.1f%%\"></i><span>%s · %s</span></td>",
                profile.queryTimeSum(), largest == 0 ? 0 : 100 * share / largest,
                Quantity.seconds(profile.queryTimeSum()),
                Quantity.percent(share)));
        sortable(profile.count(), Quantity.count(profile.count()));
        if (time == null) {
            out.append("<td></td>".repeat(6));
        } else {
            for (double value : new double[] {time.mean(), time.p50(), time.p95(), time.p99(), time.max()}) {
                sortable(value, Quantity.of(time, value));
            }
            sortable(time.varianceToMean(), String.format(Locale.ROOT, "%.2f", time.varianceToMean()));
        }
        examinedPerSent(profile);
        sortable(profile.last(),
                profile.timeline().isEmpty() ? "" : Charts.sparkline(profile.timeline(), digest.overall().timeline()));
        out.append("</tr>\n<tr class=\"details\" hidden><td colspan=\"").append(COLUMNS.size()).append("\">");
        details(c, profile);
        out.append("</td></tr></tbody>\n");
    }

    private void examinedPerSent(Profile profile) {
        MetricSummary sent = profile.metrics().get("Rows_sent");
        MetricSummary examined = profile.metrics().get("Rows_examined");
        if (sent == null || examined == null || sent.sum() == 0) {
            sortable(-1, "–");
        } else {
            double ratio = (double) examined.sum() / sent.sum();
            sortable(ratio, Quantity.count(ratio));
        }
    }

    private void details(ClassSummary c, Profile profile) {
        Sample sample = c.sample();
        out.append("<p class=\"soft\">").append(c.id());
        if (profile.isTimed()) {
            out.append(" · first ").append(time(profile.first())).append(" · last ").append(time(profile.last()));
        }
        if (sample != null) {
            out.append(" · slowest in ").append(escape(sample.file())).append(" at byte ").append(sample.offset());
        }
        out.append("</p>\n<div class=\"grid\"><div><h3>Fingerprint</h3><pre>").append(escape(c.fingerprint()))
                .append("</pre>");
        if (report.withSamples() && sample != null) {
            out.append("<h3>Slowest statement</h3><pre>").append(escape(report.statement(c))).append("</pre>");
        }
        out.append("<div class=\"scroll\">");
        metrics(profile, true);
        out.append("</div></div><div>");
        out.append("<h3>Query time distribution</h3>").append(Charts.histogram(profile.histogram()));
        if (!profile.timeline().isEmpty()) {
            out.append("<h3>Query time over time</h3>").append(Charts.timeline(profile.timeline(), Charts.COLUMN));
        }
        names("Databases", profile.databases());
        names("Users", profile.users());
        names("Hosts", profile.hosts());
        names("Errors", profile.errors());
        flags(profile);
        out.append("</div></div>");
    }

    private void metrics(Profile profile, boolean share) {
        out.append("<table><thead><tr><th class=\"left\">Metric</th>").append(share ? "<th>Share</th>" : "")
                .append("<th>Total</th><th>Min</th><th>Mean</th><th>p50</th><th>p95</th><th>p99</th><th>Max</th>"
                        + "<th>Std dev</th></tr></thead><tbody>");
        List<String> zero = new ArrayList<>();
        for (MetricSummary m : Report.metrics(profile)) {
            if (m.max() == 0) {
                zero.add(escape(Quantity.title(m.name())));
                continue;
            }
            out.append("<tr><td class=\"left\">").append(escape(Quantity.title(m.name()))).append("</td>");
            if (share) {
                long all = digest.overall().metrics().get(m.name()).sum();
                cell(all == 0 ? "" : Quantity.percent(100.0 * m.sum() / all));
            }
            for (double value : new double[] {m.sum(), m.min(), m.mean(), m.p50(), m.p95(), m.p99(), m.max(),
                    m.stddev()}) {
                cell(Quantity.of(m, value));
            }
            out.append("</tr>\n");
        }
        out.append("</tbody></table>");
        if (!zero.isEmpty()) {
            out.append("<p class=\"soft\">Always 0: ").append(String.join(", ", zero)).append("</p>");
        }
    }

    private void names(String title, Map<String, Long> names) {
        if (!names.isEmpty()) {
            out.append("<h3>").append(title).append("</h3><p class=\"names\">")
                    .append(names.entrySet().stream().limit(MOST_NAMES)
                            .map(n -> escape(n.getKey().isEmpty() ? "(none)" : n.getKey()) + " <span class=\"soft\">"
                                    + Quantity.count(n.getValue()) + "</span>")
                            .collect(Collectors.joining(", ")));
            out.append(names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more</p>" : "</p>");
        }
    }

    private void flags(Profile profile) {
        if (!profile.flags().isEmpty()) {
            out.append("<h3>Flags</h3><p class=\"names\">").append(profile.flags().entrySet().stream()
                    .map(f -> escape(Quantity.title(f.getKey())) + " <span class=\"soft\">"
                            + Quantity.percent(f.getValue().percent()) + "</span>")
                    .collect(Collectors.joining(", "))).append("</p>");
        }
    }

    private void sortable(double value, String text) {
        out.append("<td data-v=\"").append(value).append("\">").append(text).append("</td>");
    }

    private void cell(String text) {
        out.append("<td>").append(text).append("</td>");
    }

    private static String time(long micros) {
        return Quantity.time(Profile.instant(micros));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
