package io.onedump.app.cli;

import java.io.PrintWriter;

/** Runs commands in this process, for those outside of this package. */
public final class Commands {

    private Commands() {
    }

    /** @return the exit code */
    public static int run(PrintWriter out, String... arguments) {
        return Onedump.commandLine().setOut(out).setErr(out).execute(arguments);
    }
}
