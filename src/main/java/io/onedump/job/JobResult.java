package io.onedump.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;

/**
 * How one run of a job ended.
 *
 * @param job       the route's id
 * @param artifacts what was stored, once for each storage that holds it
 * @param failures  every step that failed; empty for success
 * @param warnings  what its steps had to say beyond that
 */
public record JobResult(
        String job, Instant started, Instant finished, List<StoredArtifact> artifacts, List<StepFailure> failures,
        List<String> warnings) {

    public JobResult {
        artifacts = List.copyOf(artifacts);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /** One without warnings. */
    public JobResult(String job, Instant started, Instant finished, List<StoredArtifact> artifacts,
            List<StepFailure> failures) {
        this(job, started, finished, artifacts, failures, List.of());
    }

    public boolean isSuccess() {
        return failures.isEmpty();
    }

    public ExitCode exitCode() {
        return failures.stream().map(StepFailure::exitCode).reduce(ExitCode.SUCCESS, ExitCode::worse);
    }

    public Duration duration() {
        return Duration.between(started, finished);
    }

    /** All failures in one line; empty for success. */
    public String error() {
        return failures.stream().map(StepFailure::message).collect(Collectors.joining("; "));
    }

    /** For people: a line for the outcome, one for each artifact, each warning and each failure. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(job).append(isSuccess() ? ": succeeded" : ": FAILED")
                .append(" in ").append(String.format("%.1f s", duration().toMillis() / 1000.0));
        for (StoredArtifact artifact : artifacts) {
            text.append("\n  stored ").append(CleanText.of(artifact.location())).append(", ")
                    .append(ByteCount.format(artifact.size()))
                    .append(", sha256 ").append(artifact.sha256());
            if (artifact.facts().containsKey("rows")) {
                text.append(", ").append(artifact.facts().get("tables")).append(" tables, ")
                        .append(artifact.facts().get("rows")).append(" rows");
            }
        }
        for (String warning : warnings) {
            text.append("\n  warning ").append(CleanText.of(warning));
        }
        for (StepFailure failure : failures) {
            text.append("\n  failed ").append(CleanText.of(failure.message()));
        }
        return text.toString();
    }

    /**
     * For programs: one line of JSON. Times are ISO-8601 in UTC, sizes bytes, the duration seconds; warnings only where
     * there are any.
     */
    public String toJson() {
        return Json.line(json -> {
            json.writeStringField("job", job);
            json.writeBooleanField("ok", isSuccess());
            json.writeNumberField("exit_code", exitCode().code());
            json.writeStringField("started_at", started.toString());
            json.writeStringField("finished_at", finished.toString());
            json.writeNumberField("seconds", duration().toMillis() / 1000.0);
            Json.objects(json, "artifacts", artifacts, JobResult::write);
            Json.objects(json, "failures", failures, JobResult::write);
            if (!warnings.isEmpty()) {
                Json.strings(json, "warnings", warnings);
            }
        });
    }

    private static void write(JsonGenerator json, StoredArtifact artifact) throws IOException {
        json.writeStringField("name", artifact.name());
        json.writeNumberField("size_bytes", artifact.size());
        json.writeStringField("sha256", artifact.sha256());
        json.writeStringField("location", artifact.location());
        if (!artifact.facts().isEmpty()) {
            json.writeObjectFieldStart("facts");
            for (var fact : new TreeMap<>(artifact.facts()).entrySet()) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, StepFailure failure) throws IOException {
        json.writeStringField("step", failure.step());
        json.writeStringField("error", failure.message());
        json.writeNumberField("exit_code", failure.exitCode().code());
    }
}
