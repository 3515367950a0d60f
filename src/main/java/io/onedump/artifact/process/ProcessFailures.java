package io.onedump.artifact.process;

import java.io.IOException;

/** Makes the exceptions for a process that fails, so that whoever started it may name them and say what to do. */
public interface ProcessFailures {

    /**
     * @param what subject, program and what happened to it
     * @param said the last lines that it printed on standard error, without secrets; may be empty
     */
    IOException failed(String what, String said);

    /** @param what subject and program */
    default IOException notStarted(String what, IOException cause) {
        IOException failure = failed(what + ": install it, or name it with its path", "");
        failure.initCause(cause);
        return failure;
    }
}
