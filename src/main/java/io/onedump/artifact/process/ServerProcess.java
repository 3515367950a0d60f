package io.onedump.artifact.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.onedump.artifact.Threads;

/**
 * A program that serves until it is closed, with its files in a folder of its own. It does not outlive this process,
 * however that ends: a shell beside it waits for the end of a pipe, then ends the program and removes the folder.
 */
public final class ServerProcess implements Closeable {

    /** The words behind it: the folder, then the program with its arguments. The shell becomes the program. */
    private static final String GUARD = "exec 3<&0; (cat <&3 >/dev/null; kill -TERM $$; n=0;"
            + " while kill -0 $$ && [ $n -lt 50 ]; do sleep 0.1; n=$((n+1)); done; kill -KILL $$; rm -rf \"$1\")"
            + " 2>/dev/null & shift; exec \"$@\" </dev/null 3<&-";

    private final RunningProcess running;

    private ServerProcess(RunningProcess running) {
        this.running = running;
    }

    /** @param folder with everything that the program writes; whoever closes it removes it, else it goes by itself */
    public static ServerProcess start(Threads threads, Command command, Path folder) throws IOException {
        RunningProcess running = RunningProcess.start(threads,
                command.withLauncher(List.of("/bin/sh", "-c", GUARD, "sh", folder.toString())));
        running.discardOutput();
        return new ServerProcess(running);
    }

    /**
     * Returns while it runs.
     *
     * @throws IOException as the command's failures make it, with what the program said last
     */
    public void requireRunning() throws IOException {
        if (!running.process().isAlive()) {
            running.judge(Duration.ZERO);
            throw running.failure("ended");
        }
    }

    /** That it does not do what it should, with what it said last. */
    public IOException failure(String what) {
        return running.failure(what);
    }

    @Override
    public void close() {
        running.close();
    }
}
