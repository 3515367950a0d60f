package io.onedump.app.cli;

import java.time.Instant;
import java.util.concurrent.Callable;

import io.onedump.binlog.BinlogSync;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump binlog sync}: archives all there is, then ends. */
@Command(name = "sync", aliases = {"syncs3", "syncsftp"}, mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Archive all there is in the server's binary log, then end. Prints the result as one line of"
                + " JSON.",
        footer = "Exit codes: 0 all is archived, 1 configuration or arguments, 2 the server or a gap, 3 the storage.")
final class BinlogSyncCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Option(names = "--since", paramLabel = "<time>", converter = MomentConverter.class,
            description = "Where a new archive begins: with the file that holds this moment, such as"
                    + " 2026-11-23T07:00:00Z or, a time ago, 24h. Default: the oldest file.")
    private Instant since;

    @Option(names = "--until", paramLabel = "<time>", converter = MomentConverter.class,
            description = "End before the first transaction of this moment.")
    private Instant until;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return job.run(spec, (endpoint, store) -> {
            ArchiveRun result = BinlogSync.run(endpoint, since, until, store);
            spec.commandLine().getOut().println(result.json());
            return outcome(result);
        });
    }

    private static ExitCode outcome(ArchiveRun result) {
        if (!result.sourceErrors().isEmpty()) {
            return ExitCode.PRODUCER;
        }
        return result.storageErrors().isEmpty() ? ExitCode.SUCCESS : ExitCode.STORAGE;
    }
}
