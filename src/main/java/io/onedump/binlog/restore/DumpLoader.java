package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.RestoreException;
import org.slf4j.Logger;

/** Has the client execute a dump, which is decompressed as it flows. */
final class DumpLoader {

    private static final Logger LOG = CleanLog.of(DumpLoader.class);
    private static final int BUFFER = 1 << 16;

    private DumpLoader() {
    }

    /** @param folder for the client's log-in */
    static void load(Dump dump, MySqlSettings target, String clientProgram, Path folder) throws IOException {
        String subject = "the dump " + dump.artifact().name() + " was not loaded";
        try (RestoreClient client = RestoreClient.logIn(
                RestoreClient.find(clientProgram, List.of("mysql", "mariadb")), target, folder);
                ProcessSink process = client.start(subject)) {
            boolean taken = feed(dump, process, subject);
            process.complete();
            if (!taken) {
                throw new RestoreException(subject + " whole: the client ended before it had read everything");
            }
        }
    }

    /**
     * @return false when the client hung up
     * @throws RestoreException when the dump cannot be read to its end; the client is killed then, before it takes the
     *                          end of its input for the end of the dump
     */
    private static boolean feed(Dump dump, ProcessSink client, String subject) throws IOException {
        byte[] buffer = new byte[BUFFER];
        OutputStream to = client.input();
        try (InputStream sql = dump.open()) {
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
