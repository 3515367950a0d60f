package io.onedump.app.cli;

import java.time.ZonedDateTime;
import java.util.concurrent.Callable;

import io.onedump.app.run.Application;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Schedule;
import io.onedump.job.Job;
import io.onedump.job.JobRoute;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code onedump serve}: runs every schedule until the process is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Run every job on its schedule until SIGTERM, which lets running jobs finish for"
                + " camel.main.shutdownTimeout seconds and then stops them cleanly.")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() throws Exception {
        Logs.configure(config.isVerbose(), "info");
        Application application = Application.scheduled(config.read());
        application.read();
        application.addMainListener(new Announcement());
        application.run();
        return application.getExitCode();
    }

    /** Says what is served, and that it ends. */
    private static final class Announcement extends MainListenerSupport {

        private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

        @Override
        public void afterStart(BaseMainSupport main) {
            ZonedDateTime now = ZonedDateTime.now();
            Model model = main.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
            for (RouteDefinition route : model.getRouteDefinitions()) {
                if (Job.isJob(main.getCamelContext(), route)) {
                    Schedule schedule = Schedule.of(new JobRoute(main.getCamelContext(), route).input().resolved());
                    LOG.info("serving {}: {}{}", route.getRouteId(), schedule.text(),
                            schedule.next(now).map(next -> ", next at " + next.toOffsetDateTime()).orElse(""));
                }
            }
        }

        @Override
        public void beforeStop(BaseMainSupport main) {
            LOG.info("stopping");
        }
    }
}
