package io.onedump.app.cli;

import java.io.PrintWriter;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.onedump.app.config.Problem;
import io.onedump.app.config.Schedule;
import io.onedump.app.run.Application;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.job.ExitCode;
import io.onedump.job.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump jobs}: lists the jobs. */
@Command(name = "jobs", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "List the jobs with their schedules and when each runs next.")
final class JobsCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--json", description = "Print each job as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Logs.configure(config.isVerbose(), "warn");
        List<Problem> problems = new ArrayList<>();
        PrintWriter err = spec.commandLine().getErr();
        try (Application application = Application.listed(config.read(), problems)) {
            print(application.jobs(), spec.commandLine().getOut());
            problems.stream().sorted().map(Problem::toString).forEach(err::println);
            Warnings.print(application.jobs(), err);
            return problems.isEmpty() ? ExitCode.SUCCESS.code() : ExitCode.CONFIGURATION.code();
        }
    }

    private void print(Collection<Job> jobs, PrintWriter out) {
        ZonedDateTime now = ZonedDateTime.now();
        int width = jobs.stream().mapToInt(job -> job.id().length()).max().orElse(0);
        for (Job job : jobs) {
            Schedule schedule = Schedule.of(job.input().resolved());
            String next = schedule.next(now).filter(time -> job.enabled())
                    .map(time -> time.toOffsetDateTime().withNano(0).toString()).orElse("");
            if (json) {
                out.println(Json.line(line -> {
                    line.writeStringField("job", job.id());
                    line.writeStringField("description", job.description());
                    line.writeStringField("schedule", schedule.text());
                    line.writeStringField("next", next.isEmpty() ? null : next);
                    line.writeBooleanField("enabled", job.enabled());
                    Optional<String> skipped = schedule.skipped(now);
                    if (skipped.isPresent() && job.enabled()) {
                        Json.strings(line, "warnings", List.of(skipped.get()));
                    }
                }));
            } else {
                out.println(Terminal
                        .folded(CleanText.of(String.format("%-" + Math.max(1, width) + "s  %-24s  %-25s  %s", job.id(),
                                schedule.text(), job.enabled() ? next.isEmpty() ? "-" : next : "off",
                                job.description()))));
            }
        }
        out.flush();
    }
}
