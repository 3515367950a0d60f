package io.onedump.app.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.Application;
import io.onedump.app.run.Logs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code onedump validate}: says everything that is wrong with the configuration, and starts nothing. */
@Command(name = "validate", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Check all routes and properties and report every problem at once.")
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logs.configure(config.isVerbose(), "warn");
        try (Application application = Application.unscheduled(config.read(), Set.of())) {
            List<Problem> doubts = application.validate();
            if (application.jobs().isEmpty()) {
                throw new ConfigurationException(Problem.of(config.config(), "no job is in these files; a job is a"
                        + " route that begins with a schedule, or whose group is job"));
            }
            doubts.forEach(doubt -> spec.commandLine().getErr().println("warning: " + doubt));
            Warnings.print(application.jobs(), spec.commandLine().getErr());
            spec.commandLine().getOut().println("the configuration is good: " + application.jobs().size() + " job(s)");
            return 0;
        }
    }
}
