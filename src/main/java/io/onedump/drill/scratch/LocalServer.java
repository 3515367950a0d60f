package io.onedump.drill.scratch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.onedump.artifact.ProcessOwner;
import io.onedump.artifact.Threads;
import io.onedump.artifact.WorkFolder;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.ProcessFailures;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.artifact.process.ServerProcess;

/** A database server as a child of this process, with its files in a folder that goes with it. */
final class LocalServer implements Closeable {

    /** A folder below it that holds a socket must leave room for its name: 108 bytes are all that there are. */
    private static final int LONGEST_FOLDER = 90;
    private static final Duration START = Duration.ofMinutes(2);
    private static final long POLL = 50;
    /** What servers tell of their work on standard error. */
    private static final Pattern CHATTER = Pattern.compile("\\[(System|Warning|Note)\\]|\\b(LOG|HINT|WARNING):");

    private final Threads threads;
    private final Path folder;
    private ServerProcess process;

    LocalServer(Threads threads, Path folder) throws ScratchException {
        this.threads = threads;
        this.folder = folder;
        if (folder.toString().length() > LONGEST_FOLDER) {
            throw new ScratchException("scratch: " + folder + " is too long for a socket in it: set"
                    + " onedump.work.directory to a shorter folder");
        }
    }

    Path folder() {
        return folder;
    }

    /** Whether a server has to be told as whom to run. */
    static boolean isRoot() throws IOException {
        return ProcessOwner.name().equals("root");
    }

    /** Runs a program to its end, such as one that fills a data folder. */
    void run(List<String> words) throws IOException {
        try (ProcessSink program = ProcessSink.start(threads, command(words))) {
            program.input().close();
            program.complete();
        }
    }

    /** Whether a server that has started answers. */
    interface Answer {
        void ask() throws IOException;
    }

    /** Starts the server and returns when it answers. */
    void serve(List<String> words, Answer answer) throws IOException {
        process = ServerProcess.start(threads, command(words), folder);
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            process.requireRunning();
            try {
                answer.ask();
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new ScratchException("scratch: the server does not answer within " + START.toSeconds()
                            + " s: " + e.getMessage() + "; it says: " + process.failure("").getMessage(), e);
                }
            }
            pause();
        }
    }

    private static void pause() throws ScratchException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScratchException("scratch: interrupted", e);
        }
    }

    private Command command(List<String> words) {
        ProcessFailures failures = (what, said) -> new ScratchException(said.isEmpty() ? what : what + ": " + said);
        return Command.of("scratch", words, failures).in(folder).passingOver(CHATTER);
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
        }
        WorkFolder.delete(folder);
    }
}
