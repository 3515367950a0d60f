package io.onedump.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * How one run of a job ended.
 *
 * @param job       the route's id
 * @param artifacts what was stored, once for each storage that holds it
 * @param failures  every step that failed; empty for success
 */
public record JobResult(
        String job, Instant started, Instant finished, List<StoredArtifact> artifacts, List<StepFailure> failures) {

    public JobResult {
        artifacts = List.copyOf(artifacts);
        failures = List.copyOf(failures);
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

    /** For people: a line for the outcome, one for each artifact and each failure. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(job).append(isSuccess() ? ": succeeded" : ": FAILED")
                .append(" in ").append(String.format("%.1f s", duration().toMillis() / 1000.0));
        for (StoredArtifact artifact : artifacts) {
            text.append("\n  stored ").append(artifact.location()).append(", ")
                    .append(ByteCount.format(artifact.size()))
                    .append(", sha256 ").append(artifact.sha256());
        }
        for (StepFailure failure : failures) {
            text.append("\n  failed ").append(failure.message());
        }
        return text.toString();
    }

    /** For programs: one line of JSON. Times are ISO-8601 in UTC, sizes bytes, the duration seconds. */
    public String toJson() {
        JsonArray stored = new JsonArray();
        for (StoredArtifact artifact : artifacts) {
            JsonObject entry = new JsonObject();
            entry.put("name", artifact.name());
            entry.put("size_bytes", artifact.size());
            entry.put("sha256", artifact.sha256());
            entry.put("location", artifact.location());
            stored.add(entry);
        }
        JsonArray failed = new JsonArray();
        for (StepFailure failure : failures) {
            JsonObject entry = new JsonObject();
            entry.put("step", failure.step());
            entry.put("error", failure.message());
            entry.put("exit_code", failure.exitCode().code());
            failed.add(entry);
        }
        JsonObject result = new JsonObject();
        result.put("job", job);
        result.put("ok", isSuccess());
        result.put("exit_code", exitCode().code());
        result.put("started_at", started.toString());
        result.put("finished_at", finished.toString());
        result.put("seconds", duration().toMillis() / 1000.0);
        result.put("artifacts", stored);
        result.put("failures", failed);
        return result.toJson();
    }
}
