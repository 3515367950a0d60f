package io.onedump.restore.tool;

import java.io.Closeable;
import java.io.IOException;

import io.onedump.artifact.process.ProcessFailures;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.restore.choice.RestoreException;

/** A database's own client, logged in, which executes what it is fed. */
public interface ScriptClient extends Closeable {

    ProcessFailures FAILURES = (what, said) -> new RestoreException(what + (said.isEmpty() ? "" : ": " + said));

    /** @param subject what is being done, for messages */
    ProcessSink start(String subject) throws IOException;

    /**
     * Why it failed, where the database can tell more than the client does.
     *
     * @param longestLine bytes of what the client was fed
     */
    RestoreException explained(RestoreException failure, long longestLine);
}
