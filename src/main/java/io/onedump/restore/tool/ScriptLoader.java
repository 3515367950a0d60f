package io.onedump.restore.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/** Has a client execute a dump. */
public final class ScriptLoader {

    private static final Logger LOG = CleanLog.of(ScriptLoader.class);
    private static final int BUFFER = 1 << 16;

    private ScriptLoader() {
    }

    /**
     * @param  name             the dump's, for messages
     * @param  sql              decompressed
     * @throws RestoreException when not all of it was executed
     */
    public static void load(String name, InputStream sql, ScriptClient client) throws IOException {
        String subject = "the dump " + name + " was not loaded";
        LongestLine script = new LongestLine(sql);
        try (ProcessSink process = client.start(subject)) {
            boolean taken = feed(script, process, subject);
            complete(process, client, script);
            if (!taken) {
                throw new RestoreException(subject + " whole: the client ended before it had read everything");
            }
        }
    }

    private static void complete(ProcessSink process, ScriptClient client, LongestLine script) throws IOException {
        try {
            process.complete();
        } catch (RestoreException e) {
            throw client.explained(e, script.length());
        }
    }

    /**
     * @return false when the client hung up
     * @throws RestoreException when the dump cannot be read to its end; the client is killed then, before it takes the
     *                          end of its input for the end of the dump
     */
    private static boolean feed(InputStream sql, ProcessSink client, String subject) throws IOException {
        byte[] buffer = new byte[BUFFER];
        OutputStream to = client.input();
        try (sql) {
            for (int read = sql.read(buffer); read >= 0; read = sql.read(buffer)) {
                try {
                    to.write(buffer, 0, read);
                } catch (IOException e) {
                    LOG.debug("the client ended early: {}", e.toString());
                    return false;
                }
            }
        } catch (IOException e) {
            client.close();
            throw new RestoreException(subject + " whole: " + e.getMessage(), e);
        }
        try {
            to.close();
            return true;
        } catch (IOException e) {
            LOG.debug("the client ended early: {}", e.toString());
            return false;
        }
    }
}
