package io.onedump.app.cli;

import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.Logs;
import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of all binlog commands: which job's archive it is about. */
final class BinlogOptions {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true,
            description = "The id of the route that has a binlog: endpoint, as its start or as a step.")
    private String job;

    /** What a command does with a job's archive. */
    interface Work {
        ExitCode run(BinlogEndpoint endpoint, StorageArchiveStore store) throws Exception;
    }

    /** Does it. */
    int run(CommandSpec command, Work work) throws Exception {
        return run(command, config, job, work);
    }

    /** The same for a command with options of its own. */
    static int run(CommandSpec command, ConfigOptions config, String job, Work work) throws Exception {
        Logs.configure(config.isVerbose(), "info");
        try (BinlogJob binlog = BinlogJob.of(config.read(), job);
                StorageArchiveStore store = binlog.openStore()) {
            ExitCode code = work.run(binlog.endpoint(), store);
            command.commandLine().getOut().flush();
            return code.code();
        }
    }
}
