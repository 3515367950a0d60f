package io.onedump.sync.state;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.FileClaim;
import org.slf4j.Logger;

/**
 * Lets one run at a time change a destination, of all threads and processes with the same {@link StateStore}: two that
 * send the same file would write to the same temporary one. It ends with the process, however that ends.
 */
public final class LocationLock implements Closeable {

    private static final Logger LOG = CleanLog.of(LocationLock.class);

    private final FileClaim claim;

    private LocationLock(FileClaim claim) {
        this.claim = claim;
    }

    /**
     * Waits until no other run has it.
     *
     * @param state the file of the state store, beside which the lock's file is made
     */
    static LocationLock acquire(Path state, String location) throws IOException {
        Path file = state.resolveSibling(state.getFileName() + "-"
                + UUID.nameUUIDFromBytes(location.getBytes(StandardCharsets.UTF_8)) + ".lock");
        try {
            return new LocationLock(FileClaim.await(file, () -> LOG.info(
                    "another sync to {} is under way; this one begins when it has ended", location)));
        } catch (InterruptedIOException e) {
            throw new InterruptedIOException("sync to " + location + ": interrupted while another one was under way");
        } catch (IOException e) {
            throw new IOException("sync state " + file + ": cannot be locked: " + e.getMessage()
                    + "; choose a state file on a local disk", e);
        }
    }

    @Override
    public void close() throws IOException {
        claim.close();
    }
}
