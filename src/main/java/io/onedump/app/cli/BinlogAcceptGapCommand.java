package io.onedump.app.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;

import io.onedump.binlog.archive.Acceptance;
import io.onedump.binlog.archive.Archive;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump binlog accept-gap}: ends the alarm about what cannot be changed any more. */
@Command(name = "accept-gap", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Say that a gap or a new timeline is known and a full backup was made since, so that the archive"
                + " no longer alarms because of it. Nothing becomes restorable by that.",
        footer = "Exit codes: 0 done, 1 configuration or arguments, 3 the storage failed.")
final class BinlogAcceptGapCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Option(names = "--take-over", description = "The archive is this job's from now on, whichever archiver has made"
            + " it: after a spool folder was lost together with the server's log, or after a move to another server.")
    private boolean takeOver;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return job.run(spec, (endpoint, store) -> {
            PrintWriter out = spec.commandLine().getOut();
            Archive archive = new Archive(store);
            if (takeOver) {
                endpoint.takeOver(archive);
                out.println("the archive is this job's now");
            }
            List<String> accepted = Acceptance.accept(archive, Clock.systemUTC());
            accepted.forEach(each -> out.println("accepted: " + each));
            if (accepted.isEmpty()) {
                out.println("there is nothing to accept");
            }
            return ExitCode.SUCCESS;
        });
    }
}
