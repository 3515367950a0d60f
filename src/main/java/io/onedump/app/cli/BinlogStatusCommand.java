package io.onedump.app.cli;

import java.time.Clock;
import java.util.concurrent.Callable;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code onedump binlog status}: how far an archive is behind. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Say as one line of JSON where the server and the archive are, what is missing and what is"
                + " in danger.",
        footer = "Exit codes: 0 healthy, 1 configuration or arguments, 2 there is a gap or the server overtakes"
                + " the archive.")
final class BinlogStatusCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return job.run(spec, (endpoint, store) -> {
            ArchiveStatus status = ArchiveStatus.of(endpoint.server(), new Archive(store), Clock.systemUTC());
            spec.commandLine().getOut().println(status.json());
            return status.healthy() ? ExitCode.SUCCESS : ExitCode.PRODUCER;
        });
    }
}
