package io.onedump.job;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Run;
import io.onedump.artifact.StoredInRun;
import io.onedump.artifact.Warnings;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;

/**
 * Makes routes jobs: gives each run of a job a memory, turns it into a {@link JobResult} at the end, and hands that to
 * the listeners in their order. {@link #install} it into a Camel context before its routes are added.
 */
public final class JobTracking implements RoutePolicyFactory {

    /** The exchange property that holds the {@link JobResult} once the run has ended. */
    public static final String RESULT = "CamelOnedumpResult";

    private static final Logger LOG = CleanLog.of(JobTracking.class);

    /** The header of {@code quartz:} with the time at which a run was due. */
    private static final String DUE = "fireTime";
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final Clock clock;
    private final List<Consumer<JobResult>> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    private JobTracking(Clock clock) {
        this.clock = clock;
    }

    /** Adds the tracking to a context. */
    public static JobTracking install(CamelContext context, Clock clock) {
        JobTracking tracking = new JobTracking(clock);
        context.addRoutePolicyFactory(tracking);
        context.getCamelContextExtension().addInterceptStrategy(new StepRecorder());
        context.getManagementStrategy().addEventNotifier(new Retries());
        return tracking;
    }

    /** Called with every result, in the run's own thread. */
    public void onResult(Consumer<JobResult> listener) {
        listeners.add(listener);
    }

    /** Tells the result of a run, and of a job that cannot be run at all: to the log, and to whoever listens. */
    public void publish(JobResult result) {
        if (result.isSuccess()) {
            LOG.info("{}", result);
        } else {
            LOG.error("{}", result);
        }
        for (Consumer<JobResult> listener : listeners) {
            try {
                listener.accept(result);
            } catch (RuntimeException | Error e) {
                LOG.error("{}: its result was not passed on: {}", result.job(), e.toString(), e);
            }
        }
    }

    /** The jobs that run right now. */
    public Set<String> running() {
        return Set.copyOf(running);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return route instanceof RouteDefinition definition && Job.isJob(context, definition)
                ? new Policy(new JobRoute(context, definition))
                : null;
    }

    private final class Policy extends RoutePolicySupport {

        private final JobRoute job;

        Policy(JobRoute job) {
            this.job = job;
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            if (JobRun.of(exchange) == null) {
                exchange.setProperty(JobRun.PROPERTY, new JobRun(route.getId(), clock, Warnings.of(exchange)));
                StoredInRun.of(exchange);
                exchange.setProperty(Run.JOB, route.getId());
                exchange.getExchangeExtension().addOnCompletion(new EndWhileStopping(route, this));
                running.add(route.getId());
                LOG.info("{}: started", route.getId());
                tellWait(exchange);
            }
        }

        /** Quartz says when a run was due; since then it has waited for a thread. */
        private void tellWait(Exchange exchange) {
            if (exchange.getMessage().getHeader(DUE) instanceof Date due) {
                Duration waited = Duration.between(due.toInstant(), clock.instant());
                if (waited.compareTo(WORTH_TELLING) >= 0) {
                    Warnings.of(exchange).add(String.format(Locale.ROOT, "waited %.1f s for a free place: so many jobs"
                            + " as onedump.jobs.parallel allows were running", waited.toMillis() / 1000.0));
                }
            }
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            JobRun run = JobRun.of(exchange);
            if (run == null || !run.isOf(route.getId())) {
                return;
            }
            exchange.removeProperty(JobRun.PROPERTY);
            Throwable thrown = exchange.getException();
            if (thrown != null) {
                run.failed(Step.ofRoute(route.getId()), exchange, thrown);
            }
            JobResult result = run.finish(job.stores());
            exchange.setProperty(RESULT, result);
            running.remove(route.getId());
            publish(result);
        }
    }

    /** Camel tells a policy nothing any more once the context stops, and that is when running jobs are waited for. */
    private static final class EndWhileStopping extends SynchronizationAdapter {

        private final Route route;
        private final Policy policy;

        private EndWhileStopping(Route route, Policy policy) {
            this.route = route;
            this.policy = policy;
        }

        @Override
        public void onDone(Exchange exchange) {
            policy.onExchangeDone(route, exchange);
        }

        @Override
        public boolean allowHandover() {
            return false;
        }
    }
}
