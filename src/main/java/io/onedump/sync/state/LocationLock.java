package io.onedump.sync.state;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one run at a time change a destination, of all threads and processes with the same {@link StateStore}: two that
 * send the same file would write to the same temporary one. It ends with the process, however that ends.
 */
public final class LocationLock implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LocationLock.class);

    /** The system's locks are between processes, and all of a process's end when it closes the file anywhere. */
    private static final Map<Path, Semaphore> IN_THIS_PROCESS = new ConcurrentHashMap<>();

    private final Semaphore threads;
    private final FileChannel file;

    private LocationLock(Semaphore threads, FileChannel file) {
        this.threads = threads;
        this.file = file;
    }

    /**
     * Waits until no other run has it.
     *
     * @param state the file of the state store, beside which the lock's file is made
     */
    static LocationLock acquire(Path state, String location) throws IOException {
        Path file = state.resolveSibling(state.getFileName() + "-"
                + UUID.nameUUIDFromBytes(location.getBytes(StandardCharsets.UTF_8)) + ".lock").toAbsolutePath()
                .normalize();
        Semaphore threads = IN_THIS_PROCESS.computeIfAbsent(file, made -> new Semaphore(1));
        if (!threads.tryAcquire()) {
            sayThatItWaits(location);
            acquire(threads, location);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                sayThatItWaits(location);
                channel.lock();
            }
            return new LocationLock(threads, channel);
        } catch (IOException e) {
            threads.release();
            if (channel != null) {
                channel.close();
            }
            throw e instanceof ClosedByInterruptException
                    ? interrupted(location)
                    : new IOException("sync state " + file + ": cannot be locked: " + e.getMessage()
                            + "; choose a state file on a local disk", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        threads.release();
    }

    private static void acquire(Semaphore threads, String location) throws InterruptedIOException {
        try {
            threads.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(location);
        }
    }

    private static void sayThatItWaits(String location) {
        LOG.info("another sync to {} is under way; this one begins when it has ended", location);
    }

    private static InterruptedIOException interrupted(String location) {
        return new InterruptedIOException("sync to " + location + ": interrupted while another one was under way");
    }
}
