package io.onedump.app.cli;

import java.time.Duration;
import java.util.concurrent.Callable;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.binlog.archive.Watch;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump binlog status}: how far an archive is behind. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Say as one line of JSON where the server and the archive are, what is missing and what is"
                + " in danger.",
        footer = "Exit codes: 0 healthy, 1 configuration or arguments, 2 something alarms: the archiver"
                + " is dead or in trouble, the archive is too far behind, there is a gap or a new timeline, or the"
                + " server overtakes the archive.")
final class BinlogStatusCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Option(names = "--max-lag", paramLabel = "<time>", converter = DurationConverter.class,
            description = "How far behind in time the archive may be, such as 90s, 15m or 2h. Default: the job's"
                    + " maxLag.")
    private Duration maxLag;

    @Option(names = "--max-lag-bytes", paramLabel = "<n>", description = "How many bytes it may lack. Default: the"
            + " job's maxLagBytes.")
    private Long maxLagBytes;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return job.run(spec, (endpoint, store) -> {
            Watch usual = endpoint.watch();
            Watch watch = Failures.argument(spec, () -> new Watch(maxLag == null ? usual.maxLag() : maxLag,
                    maxLagBytes == null ? usual.maxLagBytes() : maxLagBytes, usual.staging()));
            ArchiveStatus status = endpoint.status(new Archive(store), watch);
            spec.commandLine().getOut().println(status.json());
            return status.healthy() ? ExitCode.SUCCESS : ExitCode.PRODUCER;
        });
    }
}
