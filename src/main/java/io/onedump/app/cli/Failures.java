package io.onedump.app.cli;

import java.io.PrintWriter;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.run.Logs;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.storage.StorageException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command says that it did not start, or why it stopped. */
final class Failures {

    private Failures() {
    }

    static int ofArguments(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("onedump: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.CONFIGURATION.code();
    }

    static int ofExecution(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof ConfigurationException configuration) {
            configuration.problems().stream().sorted().forEach(err::println);
            err.println("onedump: " + count(configuration.problems().size()) + "; nothing was started");
        } else if (e instanceof StorageException) {
            err.println("onedump: " + Redaction.of(e.getMessage()));
            return ExitCode.STORAGE.code();
        } else {
            err.println("onedump: " + Redaction.of(String.valueOf(e.getMessage())));
            if (Logs.isVerbose()) {
                e.printStackTrace(err);
            }
        }
        return ExitCode.CONFIGURATION.code();
    }

    private static String count(int problems) {
        return problems == 1 ? "1 configuration problem" : problems + " configuration problems";
    }
}
