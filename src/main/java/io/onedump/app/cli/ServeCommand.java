package io.onedump.app.cli;

import java.time.ZonedDateTime;
import java.util.concurrent.Callable;

import io.onedump.app.config.Schedule;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Server;
import io.onedump.artifact.CleanLog;
import io.onedump.job.Job;
import io.onedump.job.JobRoute;
import io.onedump.job.Redaction;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code onedump serve}: runs every schedule until the process is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Run every job on its schedule until SIGTERM, which lets running jobs finish for"
                + " camel.main.shutdownTimeout seconds and then stops them cleanly. A job that is wrong is told"
                + " and left out; when none is right it ends at once.")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() throws Exception {
        Logs.configure(config.isVerbose(), "info");
        return new Server(new Announcement()).serve(config.read());
    }

    /** Says what is served, and that it ends. */
    private static final class Announcement extends MainListenerSupport {

        private static final Logger LOG = CleanLog.of(ServeCommand.class);

        @Override
        public void afterStart(BaseMainSupport main) {
            ZonedDateTime now = ZonedDateTime.now();
            Model model = main.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
            for (RouteDefinition route : model.getRouteDefinitions()) {
                boolean runs =
                        main.getCamelContext().getRouteController().getRouteStatus(route.getRouteId()).isStarted();
                if (runs && Job.isJob(main.getCamelContext(), route)) {
                    LOG.info("serving {}: {}", route.getRouteId(),
                            when(new JobRoute(main.getCamelContext(), route).input().resolved(), now));
                }
            }
        }

        /** What cannot be said here must not end what runs well. */
        private static String when(String uri, ZonedDateTime now) {
            try {
                Schedule schedule = Schedule.of(uri);
                return schedule.text()
                        + schedule.next(now).map(next -> ", next at " + next.toOffsetDateTime()).orElse("");
            } catch (IllegalArgumentException e) {
                return Redaction.of(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public void beforeStop(BaseMainSupport main) {
            LOG.info("stopping");
        }
    }
}
