package io.onedump.job;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.Warnings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The memory of one run. Every step of the job's exchanges reports here, because Camel's own outcome is not enough: a
 * {@code multicast} may keep only its last branch's exchange, and {@code handled} makes an exchange look successful.
 */
final class JobRun {

    /** The exchange property that carries it; copies of the exchange share the object. */
    static final String PROPERTY = "CamelOnedumpRun";

    private final String job;
    private final Clock clock;
    private final Instant started;
    private final Warnings warnings;
    private final Map<String, StoredArtifact> artifacts = new LinkedHashMap<>();
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private final UnkeptDumps unkept = new UnkeptDumps();

    private record Failure(StepFailure step, Throwable cause) {
    }

    JobRun(String job, Clock clock, Warnings warnings) {
        this.job = job;
        this.clock = clock;
        this.warnings = warnings;
        this.started = clock.instant();
    }

    static JobRun of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, JobRun.class);
    }

    String job() {
        return job;
    }

    boolean isOf(String job) {
        return this.job.equals(job);
    }

    /**
     * A step has ended well; what an earlier attempt of it left behind no longer counts.
     *
     * @param before the body that it was given
     */
    synchronized void succeeded(Step step, Exchange exchange, Object before) {
        failures.remove(step.attemptKey(exchange));
        Message message = exchange.getMessage();
        unkept.succeeded(step, before, message.getBody());
        String location = message.getHeader(OnedumpConstants.LOCATION, String.class);
        String sha256 = message.getHeader(OnedumpConstants.SHA256, String.class);
        if (location != null && sha256 != null) {
            artifacts.put(location, new StoredArtifact(message.getHeader(OnedumpConstants.FILE_NAME, String.class),
                    message.getHeader(OnedumpConstants.SIZE, 0L, Long.class), sha256, location,
                    message.getBody() instanceof Artifact artifact ? artifact.attributes() : Map.of()));
        }
    }

    synchronized void failed(Step step, Exchange exchange, Throwable cause) {
        boolean known = failures.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(step.attemptKey(exchange))
                && Causes.share(cause, entry.getValue().cause()));
        if (!known) {
            boolean producer = Causes.has(cause, ProducerFailedException.class) || Causes.has(cause, Error.class);
            ExitCode exitCode = producer ? ExitCode.PRODUCER : step.exitCode();
            failures.put(step.attemptKey(exchange),
                    new Failure(new StepFailure(step.id(), Causes.message(cause), exitCode), cause));
        }
    }

    /** @param stores whether the job has a step that stores */
    synchronized JobResult finish(boolean stores) {
        List<StepFailure> failed = new ArrayList<>();
        for (Failure failure : failures.values()) {
            if (failed.stream().noneMatch(other -> other.message().equals(failure.step().message()))) {
                failed.add(failure.step());
            }
        }
        if (failed.isEmpty()) {
            lost(stores).ifPresent(failed::add);
        }
        return new JobResult(job, started, clock.instant(), List.copyOf(artifacts.values()), failed,
                warnings.texts());
    }

    /** Of a run in which no step has failed: what was made and is gone now. */
    private Optional<StepFailure> lost(boolean stores) {
        unkept.warning().ifPresent(warnings::add);
        Optional<StepFailure> failure = unkept.failure();
        if (failure.isPresent() || !stores || !artifacts.isEmpty() || unkept.warning().isPresent()) {
            return failure;
        }
        if (unkept.command().isPresent()) {
            return unkept.command().map(step -> new StepFailure(step, "the command's output was not stored: no storage:"
                    + " step was reached; see which way the run took through the route", ExitCode.STORAGE));
        }
        warnings.add("nothing was stored: no storage: step was reached");
        return Optional.empty();
    }
}
