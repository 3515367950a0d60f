package io.onedump.app.cli;

import java.time.Instant;
import java.util.concurrent.Callable;

import io.onedump.binlog.BinlogSync;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.binlog.archive.Beginning;
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

    @Option(names = "--since", paramLabel = "<time|gtid>", converter = BeginningConverter.class,
            description = "Where a new archive begins: with the file that holds this moment, such as"
                    + " 2026-11-23T07:00:00Z or, a time ago, 24h, or this transaction. Default: the oldest file. An"
                    + " archive that has begun goes on where it ended.")
    private Beginning since;

    @Option(names = "--until", paramLabel = "<time>", converter = MomentConverter.class,
            description = "End before the first transaction of this moment.")
    private Instant until;

    @Option(names = "--last-file", description = "Of a directory whose server is gone: the file with the highest number"
            + " too, to its last good event.")
    private boolean last;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return job.run(spec, (endpoint, store) -> {
            Failures.argument(spec, () -> {
                BinlogSync.check(endpoint, since, until, last);
                return null;
            });
            ArchiveRun result = BinlogSync.run(endpoint, since, until, last, store);
            spec.commandLine().getOut().println(result.json());
            return outcome(result);
        });
    }

    static ExitCode outcome(ArchiveRun result) {
        if (!result.sourceErrors().isEmpty()) {
            return ExitCode.PRODUCER;
        }
        return result.storageErrors().isEmpty() ? ExitCode.SUCCESS : ExitCode.STORAGE;
    }
}
