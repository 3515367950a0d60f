package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.onedump.artifact.CleanText;
import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;
import io.onedump.slowlog.digest.Sample;
import io.onedump.slowlog.parse.LogHealth;

/** A digest in the layout of pt-query-digest's report. */
final class TextReport {

    private static final List<String> DECADES = List.of("1us", "10us", "100us", "1ms", "10ms", "100ms", "1s", "10s+");
    private static final int BAR = 64;
    private static final int WIDTH = 80;
    private static final int MOST_NAMES = 3;

    private final Report report;
    private final LogDigest digest;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Report report) {
        this.report = report;
        this.digest = report.digest();
    }

    static void write(Report report, Writer to) throws IOException {
        new TextReport(report).document(to);
    }

    private void document(Writer to) throws IOException {
        overall();
        readability(digest.health());
        if (report.comparison() != null) {
            comparison(report.comparison());
        }
        profileTable();
        int rank = 0;
        for (ClassSummary c : report.shown()) {
            query(++rank, c);
            flush(to);
        }
        flush(to);
    }

    private void flush(Writer to) throws IOException {
        to.append(CleanText.characters(out.toString()));
        out.setLength(0);
    }

    private void line(String format, Object... args) {
        out.append(String.format(Locale.ROOT, format, args).stripTrailing()).append('\n');
    }

    private void heading(String text) {
        out.append("# ").append(text).append(' ').append("_".repeat(Math.max(0, WIDTH - text.length() - 3)))
                .append('\n');
    }

    private void overall() {
        Profile all = digest.overall();
        List<String> logs = digest.logs();
        logs.stream().limit(Report.MOST_FILES).forEach(log -> line("# File: %s", log));
        if (logs.size() > Report.MOST_FILES) {
            line("# File: and %d more", logs.size() - Report.MOST_FILES);
        }
        heading("Overall: " + Quantity.count(all.count()) + " total, "
                + digest.classCount() + " unique" + rates(all));
        if (all.isTimed()) {
            line("# Time range: %s to %s UTC", time(all.first()), time(all.last()));
        }
        line("# Attribute          total     min     max     avg     95%%  stddev  median");
        line("# ================ ======= ======= ======= ======= ======= ======= =======");
        Report.metrics(all).forEach(m -> line("# %-16s %s", cut(Quantity.title(m.name()), 16), figures(m)));
        flags(all);
        if (digest.filtered() > 0) {
            line("# Filtered out: %d events", digest.filtered());
        }
        if (digest.rateLimit() > 1) {
            line("# Sampled: the server logged one of %d (log_slow_rate_limit); the counts are of what it logged",
                    digest.rateLimit());
        }
        if (report.open() != null) {
            line("# Not listed: %s", report.open());
        }
    }

    /** Events a second and how many ran at once, of the time from the first to the last. */
    private static String rates(Profile profile) {
        double seconds = profile.seconds();
        return seconds <= 0
                ? ""
                : String.format(Locale.ROOT, ", %.2f QPS, %.2fx concurrency",
                        profile.count() / seconds, profile.queryTimeSum() / seconds);
    }

    private static String figures(MetricSummary m) {
        StringBuilder figures = new StringBuilder();
        for (double value : new double[] {m.sum(), m.min(), m.max(), m.mean(), m.p95(), m.stddev(), m.p50()}) {
            figures.append(String.format("%8s", Quantity.of(m, value)));
        }
        return figures.substring(1);
    }

    private void flags(Profile profile) {
        if (!profile.flags().isEmpty()) {
            line("# Boolean:");
        }
        profile.flags().forEach((name, flag) -> line("# %-16s %3.0f%% yes, %3.0f%% no",
                cut(Quantity.title(name), 16), Math.floor(flag.percent()), Math.floor(100 - flag.percent())));
    }

    private void readability(LogHealth health) {
        line("# Read: %s, %d events, %d server starts", Quantity.bytes(health.bytes()), health.events(),
                health.banners());
        if (health.skippedBytes() + health.incomplete() + health.cut() + health.malformedValues()
                + health.shortened() > 0) {
            line("# Not read: %d bytes skipped, %d events incomplete, %d cut off at the end, %d values malformed, "
                    + "%d statements shortened", health.skippedBytes(), health.incomplete(), health.cut(),
                    health.malformedValues(), health.shortened());
        }
        digest.failures().forEach(f -> line("# FAILED: %s: %s", f.log(), f.message()));
    }

    private void comparison(Comparison comparison) {
        out.append('\n');
        heading("Compared with " + comparison.earlier());
        for (Comparison.Kind kind : Comparison.Kind.values()) {
            List<Comparison.Change> changes = comparison.of(kind);
            line("# %s: %d", kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT), changes.size());
            changes.stream().limit(10).forEach(c -> line("#   0x%s %8s -> %8s a call, %s -> %s calls  %s", c.id(),
                    Quantity.seconds(c.meanBefore()), Quantity.seconds(c.meanAfter()), Quantity.count(c.before()),
                    Quantity.count(c.after()), c.item()));
        }
    }

    private void profileTable() {
        out.append('\n');
        line("# Profile, by %s", report.ranking());
        line("# Rank Query ID           Response time      Cum%%     Calls  R/Call   V/M  Item");
        line("# ==== ================== ================ ====== ========= ======= =====  ====");
        double reached = 0;
        int rank = 0;
        for (ClassSummary c : report.shown()) {
            reached += report.timeShare(c);
            row(String.format("%4d", ++rank), "0x" + c.id(), c.profile(), reached, c.item());
        }
        long calls = report.restCount();
        double time = report.restSeconds();
        if (calls > 0) {
            line("# MISC %-18s %10.4f %4s %6s %9d %7s %5s  <%d items>", "0xMISC", time, share(time), "100%", calls,
                    Quantity.seconds(time / calls), "0.0", report.rest().size());
        }
        if (digest.other() != null) {
            row("MISC", "0xOTHER", digest.other(), 100, "<" + digest.otherClasses() + " classes that are not listed>");
        }
    }

    private void row(String rank, String id, Profile profile, double reached, String item) {
        MetricSummary time = profile.queryTime();
        double mean = time == null ? 0 : time.scaled(time.mean());
        line("# %4s %-18s %10.4f %4s %6s %9d %7s %5.2f  %s", rank, id, profile.queryTimeSum(),
                share(profile.queryTimeSum()), Quantity.percent(reached), profile.count(), Quantity.seconds(mean),
                time == null ? 0 : time.varianceToMean(), item);
    }

    private String share(double seconds) {
        double total = digest.overall().queryTimeSum();
        return total == 0 ? "0%" : Quantity.percent(100 * seconds / total);
    }

    private void query(int rank, ClassSummary c) {
        Profile profile = c.profile();
        out.append('\n');
        Sample sample = c.sample();
        heading("Query " + rank + ":" + rates(profile).replaceFirst("^,", "")
                + (rates(profile).isEmpty() ? " ID 0x" : ", ID 0x")
                + c.id() + (sample == null ? "" : " at byte " + sample.offset()));
        if (sample != null && digest.logs().size() > 1) {
            line("# Slowest in: %s", sample.file());
        }
        if (profile.queryTime() != null) {
            line("# Scores: V/M = %.2f%s", profile.queryTime().varianceToMean(), examinedPerSent(profile));
        }
        if (profile.isTimed()) {
            String first = time(profile.first());
            String last = time(profile.last());
            line(first.equals(last)
                    ? "# Time range: all events occurred at %s"
                    : "# Time range: %s to"
                            + " %s",
                    first, last);
        }
        line("# Attribute        pct   total     min     max     avg     95%%  stddev  median");
        line("# ================ === ======= ======= ======= ======= ======= ======= =======");
        line("# %-16s %3.0f %7s", "Count", 100.0 * profile.count() / Math.max(1, digest.overall().count()),
                Quantity.count(profile.count()));
        Report.metrics(profile)
                .forEach(m -> line("# %-16s %3.0f %s", cut(Quantity.title(m.name()), 16), percentOfAll(m),
                        figures(m)));
        flags(profile);
        names(profile);
        histogram(profile.histogram());
        tables(c);
        statement(c);
    }

    private static String examinedPerSent(Profile profile) {
        MetricSummary sent = profile.metrics().get("Rows_sent");
        MetricSummary examined = profile.metrics().get("Rows_examined");
        return sent == null || examined == null || sent.sum() == 0
                ? ""
                : String.format(Locale.ROOT, ", %.1f rows examined for each sent",
                        (double) examined.sum() / sent.sum());
    }

    private double percentOfAll(MetricSummary metric) {
        MetricSummary all = digest.overall().metrics().get(metric.name());
        return all == null || all.sum() == 0 ? 0 : 100.0 * metric.sum() / all.sum();
    }

    private void names(Profile profile) {
        line("# String:");
        names("Databases", profile.databases(), profile.count());
        names("Hosts", profile.hosts(), profile.count());
        names("Users", profile.users(), profile.count());
        names("Errno", profile.errors(), profile.count());
    }

    private void names(String title, Map<String, Long> names, long total) {
        if (names.isEmpty()) {
            return;
        }
        StringBuilder list = new StringBuilder();
        names.entrySet().stream().limit(MOST_NAMES).forEach(n -> list.append(list.length() == 0 ? "" : ", ")
                .append(n.getKey()).append(" (").append(n.getValue()).append('/')
                .append(Quantity.percent(100.0 * n.getValue() / total)).append(')'));
        int more = names.size() - MOST_NAMES;
        line("# %-12s %s%s", title, list, more > 0 ? "... " + more + " more" : "");
    }

    private void histogram(long[] histogram) {
        line("# Query_time distribution");
        long largest = 1;
        for (long count : histogram) {
            largest = Math.max(largest, count);
        }
        for (int i = 0; i < histogram.length; i++) {
            line("# %5s  %s", DECADES.get(i), "#".repeat((int) Math.ceil((double) BAR * histogram[i] / largest)));
        }
    }

    private void tables(ClassSummary c) {
        List<String> questions = TableNames.questions(c);
        if (!questions.isEmpty()) {
            line("# Tables");
            questions.forEach(q -> line("#    %s\\G", q));
        }
    }

    private void statement(ClassSummary c) {
        if (c.fingerprint().startsWith("select") && report.withSamples()) {
            line("# EXPLAIN");
        }
        out.append(report.statement(c)).append("\\G\n");
    }

    private static String cut(String name, int length) {
        return name.length() > length ? name.substring(0, length) : name;
    }

    private static String time(long micros) {
        return Quantity.time(Profile.instant(micros));
    }
}
