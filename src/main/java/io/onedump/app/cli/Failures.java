package io.onedump.app.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.ExitCodes;
import io.onedump.app.run.Logs;
import io.onedump.artifact.CleanFailure;
import io.onedump.artifact.CleanText;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command says that it did not start, or why it stopped. */
final class Failures {

    private Failures() {
    }

    /** Reads what an argument says; one that is wrong is the caller's mistake, and nothing was started. */
    static <T> T argument(CommandSpec spec, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), Redaction.of(String.valueOf(e.getMessage())), e);
        }
    }

    /** Runs the command. An error of the virtual machine would pass by the handlers and end in the code 1. */
    static int run(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
        }
    }

    static int ofArguments(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("onedump: " + CleanText.lines(String.valueOf(e.getMessage())));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.CONFIGURATION.code();
    }

    static int ofExecution(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof ConfigurationException configuration) {
            configuration.problems().stream().sorted().map(Problem::toString).forEach(err::println);
            err.println("onedump: " + count(configuration.problems().size()) + "; nothing was started");
        } else {
            err.println("onedump: " + Redaction.of(e.getMessage() == null ? e.toString() : e.getMessage()));
            if (Logs.isVerbose()) {
                CleanFailure.of(e).printStackTrace(err);
            }
        }
        return ExitCodes.of(e).code();
    }

    private static String count(int problems) {
        return problems == 1 ? "1 configuration problem" : problems + " configuration problems";
    }
}
