package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;

import io.onedump.app.config.Configuration;
import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.Logs;
import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.storage.StorageException;
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

    Configuration configuration() {
        return config.read();
    }

    /** What a command does with a job's archive. */
    interface Work {
        ExitCode run(BinlogEndpoint endpoint, StorageArchiveStore store) throws Exception;
    }

    /** Does it, and says why it could not be done. */
    int run(CommandSpec command, Work work) throws Exception {
        Logs.configure(config.isVerbose(), "info");
        PrintWriter err = command.commandLine().getErr();
        try (BinlogJob binlog = BinlogJob.of(config.read(), job)) {
            try (StorageArchiveStore store = binlog.endpoint().openStore()) {
                ExitCode code = work.run(binlog.endpoint(), store);
                command.commandLine().getOut().flush();
                return code.code();
            } catch (StorageException e) {
                err.println("onedump: " + Redaction.of(e.getMessage()));
                return ExitCode.STORAGE.code();
            } catch (IOException e) {
                err.println("onedump: " + Redaction.of(String.valueOf(e.getMessage())));
                return ExitCode.PRODUCER.code();
            }
        }
    }
}
