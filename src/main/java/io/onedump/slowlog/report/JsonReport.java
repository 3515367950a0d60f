package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.onedump.artifact.Json;
import io.onedump.slowlog.digest.ClassSummary;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.MetricSummary;
import io.onedump.slowlog.digest.Profile;
import io.onedump.slowlog.digest.Sample;
import io.onedump.slowlog.digest.TimelineSummary;
import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.parse.LogHealth;

/** A digest as JSON: numbers are numbers, a name ends with its unit. docs/slowlog.md has the schema. */
final class JsonReport {

    static final String SCHEMA = "onedump-slowlog-digest/1";
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private final Report report;
    private final JsonGenerator json;

    private JsonReport(Report report, JsonGenerator json) {
        this.report = report;
        this.json = json;
    }

    static void write(Report report, Writer out) throws IOException {
        Json.indented(out, json -> new JsonReport(report, json).fields());
    }

    private void fields() throws IOException {
        LogDigest digest = report.digest();
        json.writeStringField("schema", SCHEMA);
        Json.strings(json, "logs", digest.logs());
        health(digest.health());
        json.writeArrayFieldStart("failures");
        for (LogFailure failure : digest.failures()) {
            json.writeStartObject();
            json.writeStringField("log", failure.log());
            json.writeStringField("message", failure.message());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("filtered_events", digest.filtered());
        json.writeNumberField("log_slow_rate_limit", digest.rateLimit());
        json.writeStringField("ranked_by", report.ranking().toString());
        json.writeObjectFieldStart("overall");
        profile(digest.overall());
        json.writeEndObject();
        classes();
        if (digest.other() != null) {
            json.writeObjectFieldStart("other");
            json.writeNumberField("classes", digest.otherClasses());
            json.writeStringField("note", report.open());
            profile(digest.other());
            json.writeEndObject();
        }
        if (report.comparison() != null) {
            comparison(report.comparison());
        }
    }

    private void health(LogHealth health) throws IOException {
        json.writeObjectFieldStart("health");
        json.writeNumberField("bytes", health.bytes());
        json.writeNumberField("events", health.events());
        json.writeNumberField("server_starts", health.banners());
        json.writeNumberField("skipped_bytes", health.skippedBytes());
        json.writeNumberField("incomplete_events", health.incomplete());
        json.writeNumberField("cut_events", health.cut());
        json.writeNumberField("malformed_values", health.malformedValues());
        json.writeNumberField("shortened_statements", health.shortened());
        json.writeEndObject();
    }

    private void classes() throws IOException {
        json.writeArrayFieldStart("classes");
        int rank = 0;
        for (ClassSummary c : report.shown()) {
            json.writeStartObject();
            json.writeNumberField("rank", ++rank);
            Profile profile = c.profile();
            head(c, profile);
            json.writeStringField("fingerprint", c.fingerprint());
            number("query_time_percent", report.timeShare(c));
            profile(profile);
            sample(c.sample());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rest");
        for (ClassSummary c : report.rest()) {
            json.writeStartObject();
            head(c, c.profile());
            json.writeNumberField("count", c.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void head(ClassSummary c, Profile profile) throws IOException {
        MetricSummary time = profile.queryTime();
        json.writeStringField("id", c.id());
        json.writeStringField("item", c.item());
        if (time != null) {
            number("query_time_mean_seconds", time.scaled(time.mean()));
        }
    }

    private void profile(Profile profile) throws IOException {
        json.writeNumberField("count", profile.count());
        if (profile.isTimed()) {
            json.writeStringField("first_seen", Profile.instant(profile.first()).toString());
            json.writeStringField("last_seen", Profile.instant(profile.last()).toString());
        }
        json.writeObjectFieldStart("metrics");
        for (MetricSummary metric : profile.metrics().values()) {
            metric(metric);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("flags");
        for (Map.Entry<String, Profile.Flag> flag : profile.flags().entrySet()) {
            json.writeObjectFieldStart(flag.getKey().toLowerCase(Locale.ROOT));
            json.writeNumberField("yes", flag.getValue().yes());
            json.writeNumberField("of", flag.getValue().asked());
            number("percent", flag.getValue().percent());
            json.writeEndObject();
        }
        json.writeEndObject();
        counts("users", profile.users());
        counts("hosts", profile.hosts());
        counts("databases", profile.databases());
        counts("errors", profile.errors());
        json.writeArrayFieldStart("query_time_histogram");
        BigDecimal from = new BigDecimal("0.000001");
        for (long count : profile.histogram()) {
            json.writeStartObject();
            json.writeNumberField("from_seconds", from);
            json.writeNumberField("count", count);
            json.writeEndObject();
            from = from.movePointRight(1);
        }
        json.writeEndArray();
        timeline(profile.timeline());
    }

    private void metric(MetricSummary metric) throws IOException {
        json.writeObjectFieldStart(metric.digestName());
        json.writeNumberField("count", metric.count());
        json.writeNumberField("sum", metric.exact(metric.sum()));
        json.writeNumberField("min", metric.exact(metric.min()));
        json.writeNumberField("max", metric.exact(metric.max()));
        number("mean", metric.scaled(metric.mean()));
        number("p50", metric.scaled(metric.p50()));
        number("p95", metric.scaled(metric.p95()));
        number("p99", metric.scaled(metric.p99()));
        number("stddev", metric.scaled(metric.stddev()));
        number("variance_to_mean", metric.varianceToMean());
        json.writeEndObject();
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private void timeline(TimelineSummary timeline) throws IOException {
        if (timeline.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("timeline");
        json.writeStringField("start", Profile.instant(timeline.start()).toString());
        json.writeNumberField("bucket_seconds", timeline.width() / 1_000_000);
        json.writeFieldName("counts");
        json.writeArray(timeline.counts(), 0, timeline.counts().length);
        json.writeArrayFieldStart("query_time_seconds");
        for (long sum : timeline.sums()) {
            json.writeNumber(BigDecimal.valueOf(sum, 6));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void sample(Sample sample) throws IOException {
        if (sample == null) {
            return;
        }
        json.writeObjectFieldStart("slowest");
        json.writeStringField("log", sample.file());
        json.writeNumberField("offset", sample.offset());
        if (sample.micros() >= 0) {
            json.writeNumberField("query_time_seconds", BigDecimal.valueOf(sample.micros(), 6));
        }
        if (sample.at() != Long.MIN_VALUE) {
            json.writeStringField("at", Profile.instant(sample.at()).toString());
        }
        json.writeNumberField("statement_bytes", sample.textLength());
        if (report.withSamples()) {
            json.writeStringField("statement", sample.statement());
        }
        json.writeEndObject();
    }

    private void comparison(Comparison comparison) throws IOException {
        json.writeObjectFieldStart("comparison");
        json.writeStringField("earlier", comparison.earlier());
        json.writeArrayFieldStart("changes");
        for (Comparison.Change change : comparison.changes()) {
            json.writeStartObject();
            json.writeStringField("kind", change.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("id", change.id());
            json.writeStringField("item", change.item());
            json.writeNumberField("count_before", change.before());
            json.writeNumberField("count_after", change.after());
            number("query_time_mean_before_seconds", change.meanBefore());
            number("query_time_mean_after_seconds", change.meanAfter());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        json.writeNumberField(name, new BigDecimal(value, SIX_DIGITS).stripTrailingZeros());
    }
}
