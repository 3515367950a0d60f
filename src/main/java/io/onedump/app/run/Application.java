package io.onedump.app.run;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.artifact.Spools;
import io.onedump.dump.ArtifactExecutor;
import io.onedump.dump.ExecDefault;
import io.onedump.job.AbortingShutdown;
import io.onedump.job.ExitCode;
import io.onedump.job.Job;
import io.onedump.job.JobResult;
import io.onedump.job.JobRoute;
import io.onedump.job.JobTracking;
import io.onedump.job.Notifier;
import io.onedump.job.RunOnce;
import io.onedump.job.Schemes;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;

/**
 * Camel Main with the route files, the properties and the tracking of jobs. Before it makes a route it checks all of
 * them, so that a wrong one stops it with everything that is wrong.
 */
public final class Application extends ConfiguredMain {

    /** What stopping takes beyond waiting for runs. */
    private static final int EXTRA_SECONDS = 15;

    private final Configuration files;
    private final Set<String> jobs;
    private final RunOnce runOnce;
    private final RouteStarts starts = new RouteStarts();
    private JobTracking tracking;
    private Notifier notifier;

    private Application(Configuration files, Set<String> jobs, RunOnce runOnce) {
        super(files);
        this.files = files;
        this.jobs = jobs;
        this.runOnce = runOnce;
        MainConfigurationProperties configuration = configure();
        configuration.setExtraShutdownTimeout((int) AbortingShutdown.CLEANUP.toSeconds() + EXTRA_SECONDS);
        configuration.setAutoConfigurationLogSummary(Logs.isVerbose());
        if (runOnce == null) {
            JobPlaces.install(this);
        }
    }

    /**
     * With its schedules taken off, for commands that run or list jobs. Not started yet.
     *
     * @param jobs the jobs whose routes are wanted; empty for all
     */
    public static Application unscheduled(Configuration files, Set<String> jobs) {
        return new Application(files, jobs, new RunOnce());
    }

    /**
     * The same, read, without the routes that are wrong.
     *
     * @param  problems               takes what is wrong with those
     * @throws ConfigurationException with all problems, when no good job is left
     */
    public static Application listed(Configuration files, Collection<Problem> problems) {
        Configuration good = files;
        while (true) {
            Application application = unscheduled(good, Set.of());
            try {
                application.read();
                return application;
            } catch (ConfigurationException e) {
                application.close();
                problems.addAll(e.problems());
                Configuration rest = good.without(e.problems());
                if (rest.routeFiles().equals(good.routeFiles()) || !rest.hasInputs()) {
                    throw new ConfigurationException(List.copyOf(problems));
                }
                good = rest;
            }
        }
    }

    /** With its schedules, for {@code onedump serve}. Not started yet. */
    public static Application scheduled(Configuration files) {
        return new Application(files, Set.of(), null);
    }

    /** All jobs of the routes; known once it was initialised. */
    public Collection<Job> jobs() {
        return runOnce.jobs();
    }

    /**
     * Checks the jobs that were asked for.
     *
     * @param  kind                   which jobs a command is about
     * @param  problem                what to say of each that is none of them
     * @throws ConfigurationException with all that are not
     */
    public void requireJobs(Set<String> ids, Predicate<Job> kind, String problem) {
        List<String> known = jobs().stream().filter(kind).map(Job::id).toList();
        List<Problem> unknown = ids.stream().filter(id -> !known.contains(id))
                .map(id -> Problem.of("--job " + id, problem)).toList();
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(unknown);
        }
    }

    RunOnce runOnce() {
        return runOnce;
    }

    JobTracking tracking() {
        return tracking;
    }

    /** What failed notifications make of the exit code: nothing, unless {@code notify.failFast} is on. */
    public ExitCode notificationOutcome() {
        boolean failFast = getCamelContext().getPropertiesComponent().resolveProperty("notify.failFast")
                .map(Boolean::parseBoolean).orElse(false);
        return failFast && notifier.hasFailed() ? ExitCode.NOTIFICATION : ExitCode.SUCCESS;
    }

    /**
     * Reads and checks the configuration.
     *
     * @throws ConfigurationException with everything that is wrong
     */
    public void read() {
        read(false);
    }

    /**
     * The same, and looks for the programs and files that the routes name on this machine.
     *
     * @return                        what is missing here that no option names, and may be there where the jobs run
     * @throws ConfigurationException with everything that is wrong or missing
     */
    public List<Problem> validate() {
        return read(true);
    }

    private List<Problem> read(boolean thorough) {
        try {
            ConfigurationCheck.Findings found = ConfigurationCheck.of(files, this::isWanted, thorough);
            if (!found.problems().isEmpty()) {
                throw new ConfigurationException(found.problems());
            }
            init();
            return found.doubts();
        } catch (RuntimeException e) {
            throw files.placed(StartFailures.explain(e));
        }
    }

    /** Starts what {@link #read} has read. */
    public void startRoutes() {
        read();
        try {
            start();
        } catch (RuntimeException e) {
            throw files.placed(StartFailures.explain(e));
        }
    }

    /**
     * Runs what {@link #read} has read until the process is told to end.
     *
     * @param  refused                of jobs that were left out; told once the others run
     * @return                        the exit code
     * @throws ConfigurationException when it does not start
     */
    int serve(List<JobResult> refused) throws Exception {
        Model model = getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        if (model.getRouteDefinitions().stream().noneMatch(this::startsByItself)) {
            throw new ConfigurationException(Problem.of(files.place(), "no route starts by itself, so there is nothing"
                    + " to serve; a job begins with a schedule, such as quartz or timer"));
        }
        addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                refused.forEach(tracking::publish);
                starts.failures().forEach(tracking::publish);
            }
        });
        try {
            run();
            return refused.isEmpty() && starts.failures().isEmpty()
                    ? getExitCode()
                    : Math.max(getExitCode(), ExitCode.CONFIGURATION.code());
        } catch (RuntimeException e) {
            // Else the hook that waits for the end of runs waits for one that never comes.
            completed();
            stop();
            throw files.placed(StartFailures.explain(e));
        }
    }

    /** Each route for itself, so that one that cannot start takes no other down. */
    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (runOnce == null) {
            starts.startAll(getCamelContext());
            if (starts.started().noneMatch(this::startsByItself)) {
                throw starts.nothingStarted(files.place());
            }
        }
    }

    private boolean startsByItself(RouteDefinition route) {
        return route.getInput() != null
                && !Schemes.isInternal(new JobRoute(getCamelContext(), route).input().scheme());
    }

    /** Stops at once, so that runs under way fail and remove what they have begun. */
    public void abort() {
        getCamelContext().getShutdownStrategy().setTimeout(1);
        stop();
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        context.setShutdownStrategy(new AbortingShutdown());
        return context;
    }

    @Override
    protected void configureRoutes(CamelContext context) throws Exception {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        if (runOnce != null) {
            model.addModelLifecycleStrategy(runOnce);
            context.getCamelContextExtension().addContextPlugin(RunOnce.class, runOnce);
        }
        model.setRouteFilter(route -> isWanted(context, route));
        ArtifactExecutor executor = new ArtifactExecutor();
        executor.setCamelContext(context);
        context.getRegistry().bind("artifact", executor);
        ExecDefault.install(context);
        tracking = JobTracking.install(context, Clock.systemUTC());
        notifier = new Notifier(context);
        tracking.onResult(notifier);
        if (runOnce == null) {
            context.setAutoStartup(false);
            Spools.of(context).prepare();
        }
        PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(files.routeFiles().stream()
                        .map(file -> file.resource(context)).toList())
                .forEach(configure()::addRoutesBuilder);
        super.configureRoutes(context);
    }

    private boolean isWanted(CamelContext context, RouteDefinition route) {
        return jobs.isEmpty() || !Job.isJob(context, route) || jobs.contains(route.getRouteId());
    }
}
