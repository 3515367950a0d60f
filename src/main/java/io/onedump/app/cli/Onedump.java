package io.onedump.app.cli;

import io.onedump.app.run.Terminal;
import io.onedump.job.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code onedump}. Exit codes: {@link io.onedump.job.ExitCode}. */
@Command(name = "onedump",
        description = "Database backup, binlog archiving, slow-log digests and file sync as Apache Camel routes.",
        mixinStandardHelpOptions = true, versionProvider = Version.class, synopsisSubcommandLabel = "COMMAND",
        subcommands = {DumpCommand.class, BinlogCommand.class, SlowCommand.class, SyncCommand.class, ServeCommand.class,
                JobsCommand.class, ListCommand.class, DownloadCommand.class, RestoreCommand.class, DrillCommand.class,
                PruneCommand.class, KeygenCommand.class, ValidateCommand.class,
                WarmUpCommand.class,
                HelpCommand.class})
public final class Onedump {

    private Onedump() {
    }

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Where there is not even the memory to say what failed, Java would end with the code of a wrong configuration. */
    private static int execute(String[] arguments) {
        try {
            return commandLine().execute(arguments);
        } catch (Error e) {
            System.err.println("onedump: " + e);
            return ExitCode.PRODUCER.code();
        }
    }

    /** The command with all its verbs; failures become messages on standard error and exit codes. */
    static CommandLine commandLine() {
        return new CommandLine(new Onedump()).setErr(Terminal.errors(System.err))
                .setExecutionStrategy(Failures::run)
                .setParameterExceptionHandler(Failures::ofArguments)
                .setExecutionExceptionHandler(Failures::ofExecution)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
