package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;

/**
 * A file that is somebody's for as long as they live: one claim in all threads of all processes, and free again when
 * the process ends, however it does. So what a killed process has left can be told from what is in use.
 *
 * <p>The system's own locks are between processes only, and all that a process has on a file end when it closes that
 * file anywhere (fcntl, POSIX). So a claimed file is never opened for a second time here: a list of this process's
 * claims is asked first. Who writes to a claimed file does it by {@link #channel()}.
 */
public final class FileClaim implements Closeable {

    private static final Logger LOG = CleanLog.of(FileClaim.class);
    private static final Set<Path> IN_THIS_PROCESS = new HashSet<>();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean given = new AtomicBoolean();

    private FileClaim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits until the file is free; it is made if need be.
     *
     * @param  waits                  run before the first waiting, to say so
     * @throws InterruptedIOException when the thread was interrupted
     */
    public static FileClaim await(Path file, Runnable waits) throws IOException {
        Path key = key(file);
        if (!hold(key)) {
            waits.run();
            awaitHold(key);
        }
        return claim(key, () -> {
            FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() == null) {
                    waits.run();
                    channel.lock();
                }
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        });
    }

    /** Waits until a file that is there is free. */
    public static FileClaim awaitExisting(Path file) throws IOException {
        Path key = key(file);
        awaitHold(key);
        return claim(key, () -> {
            FileChannel channel = FileChannel.open(key, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            try {
                channel.lock();
                return channel;
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        });
    }

    /** @return empty when somebody else has the file, which is made if need be */
    public static Optional<FileClaim> tryClaim(Path file) throws IOException {
        Path key = key(file);
        return !hold(key) ? Optional.empty() : Optional.ofNullable(claim(key, () -> {
            FileChannel channel = FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
            return null;
        }));
    }

    /** Makes a file, which must not be there yet, and claims it before anybody can take it for abandoned. */
    public static FileClaim create(Path file, FileAttribute<?>... attributes) throws IOException {
        Path key = key(file);
        awaitHold(key);
        return claim(key, () -> {
            while (true) {
                FileChannel channel = FileChannel.open(key,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
                channel.lock();
                if (Files.exists(key)) {
                    return channel;
                }
                // Another process swept it before it was locked.
                channel.close();
            }
        });
    }

    /** Whether nobody has that file, which is there, and this process may write to it. */
    public static boolean isAbandoned(Path file) {
        return whenAbandoned(file, false);
    }

    /** Removes a file that nobody has, if it is there. */
    public static void deleteIfAbandoned(Path file) {
        if (whenAbandoned(file, true)) {
            LOG.info("removed {}, left by a process that was killed", file);
        }
    }

    /** To write to the file. */
    public FileChannel channel() {
        return channel;
    }

    /** Gives the file back; it stays where it is. */
    @Override
    public void close() throws IOException {
        if (given.compareAndSet(false, true)) {
            try {
                channel.close();
            } finally {
                release(file);
            }
        }
    }

    private static boolean whenAbandoned(Path file, boolean delete) {
        Path key = null;
        try {
            key = key(file);
            if (!hold(key)) {
                key = null;
                return false;
            }
            try (FileChannel channel = FileChannel.open(key, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                    FileLock lock = channel.tryLock()) {
                return lock != null && (!delete || Files.deleteIfExists(key));
            }
        } catch (IOException e) {
            // Renamed in this moment, or not ours to write to.
            return false;
        } finally {
            if (key != null) {
                release(key);
            }
        }
    }

    /** Opens and locks a file; answers null to leave it to somebody else. */
    private interface Opening {
        FileChannel open() throws IOException;
    }

    /** For what this thread holds; holds it no longer when that fails. */
    private static FileClaim claim(Path key, Opening opening) throws IOException {
        FileChannel channel = null;
        try {
            channel = opening.open();
            return channel == null ? null : new FileClaim(key, channel);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            Thread.currentThread().interrupt();
            throw interrupted(key);
        } finally {
            if (channel == null) {
                release(key);
            }
        }
    }

    private static boolean hold(Path key) {
        synchronized (IN_THIS_PROCESS) {
            return IN_THIS_PROCESS.add(key);
        }
    }

    private static void awaitHold(Path key) throws InterruptedIOException {
        synchronized (IN_THIS_PROCESS) {
            while (!IN_THIS_PROCESS.add(key)) {
                try {
                    IN_THIS_PROCESS.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw interrupted(key);
                }
            }
        }
    }

    private static void release(Path key) {
        synchronized (IN_THIS_PROCESS) {
            IN_THIS_PROCESS.remove(key);
            IN_THIS_PROCESS.notifyAll();
        }
    }

    /** The same for all names that a folder has; the file need not be there. */
    private static Path key(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    private static InterruptedIOException interrupted(Path file) {
        return new InterruptedIOException("interrupted while " + file + " was in use by another");
    }
}
