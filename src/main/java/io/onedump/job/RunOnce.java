package io.onedump.job;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/**
 * Takes every job off its schedule, so that it runs when it is told to and only then. The input is swapped when the
 * route's definition is added, before there is an endpoint: a scheduler never gets to know of it. Add it to a context's
 * model before the routes, and to the context as its plugin.
 */
public final class RunOnce extends ModelLifecycleStrategySupport {

    private static final String ENTRY = "direct:run-";

    private final Map<String, Input> jobs = new ConcurrentSkipListMap<>();

    /** What a job would start from. */
    private record Input(JobRoute route, RouteEndpoint endpoint, boolean enabled) {
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getInput() == null) {
            return;
        }
        JobRoute job = new JobRoute(route.getCamelContext(), route);
        if (Job.isJob(route.getCamelContext(), route)) {
            jobs.put(route.getId(), new Input(job, job.input(), job.isEnabled()));
            // Without the null the second call is refused: a route has one input.
            route.setInput(null);
            route.setInput(new FromDefinition(ENTRY + route.getId()));
            route.setGroup(Job.GROUP);
            route.setAutoStartup(null);
        } else if (!Schemes.isInternal(job.input().scheme())) {
            route.setAutoStartup("false");
        }
    }

    /** What a job starts from on its schedule; empty for what is no job. */
    Optional<RouteEndpoint> input(String job) {
        return Optional.ofNullable(jobs.get(job)).map(Input::endpoint);
    }

    /** The jobs, by their ids' order. */
    public Collection<Job> jobs() {
        return jobs.values().stream().map(input -> Job.of(input.route(), input.endpoint(), input.enabled())).toList();
    }

    /**
     * Runs a job to its end in the caller's thread. The context must be started and tracked. Whatever happens, there is
     * a result.
     */
    public JobResult run(CamelContext context, String id) {
        Instant started = Instant.now();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange done = template.send(ENTRY + id, exchange -> {
            });
            JobResult result = done.getProperty(JobTracking.RESULT, JobResult.class);
            return result != null ? result : broken(id, started, String.valueOf(done.getException()));
        } catch (java.io.IOException | RuntimeException | Error e) {
            return broken(id, started, e.toString());
        }
    }

    /** Of a run that broke outside of its steps, so that nothing is known of them. */
    private static JobResult broken(String id, Instant started, String why) {
        String message = Redaction.of("the run broke off: " + why);
        return new JobResult(id, started, Instant.now(), List.of(),
                List.of(new StepFailure(id, message, ExitCode.PRODUCER)));
    }
}
