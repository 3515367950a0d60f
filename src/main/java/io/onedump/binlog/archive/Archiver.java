package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.FileClaim;
import io.onedump.artifact.PrivateFolder;
import io.onedump.artifact.Threads;
import io.onedump.binlog.source.BinlogStream;
import io.onedump.database.mysql.MySqlException;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import org.slf4j.Logger;

/**
 * Keeps a storage up to date with a server's binary log. Reading and storing go on side by side: a slow or dead storage
 * holds the reading back as little as a dead server holds back the storing.
 */
public final class Archiver implements Closeable {

    private static final Logger LOG = CleanLog.of(Archiver.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    private final ArchiveSettings settings;
    private final Archive archive;
    private final Clock clock;
    private final RandomGenerator random;
    private final FileClaim claim;
    private final UploadLoop uploads;
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private volatile BinlogStream stream;
    private volatile StagingWriter writer;
    private volatile String trouble;
    private final AtomicBoolean started = new AtomicBoolean();
    private final List<String> sourceErrors = new ArrayList<>();
    private final List<String> storageErrors = new ArrayList<>();
    private boolean reachedServer;

    /**
     * @param threads where the one that uploads comes from
     * @param random for the waits between attempts
     * @param stored told of each file that has become whole in the storage, in the thread that uploads
     * @throws IOException when the staging folder cannot be used, or another archiver uses it
     */
    public Archiver(Threads threads, ArchiveSettings settings, ArchiveStore store, Clock clock, RandomGenerator random,
            Consumer<FileManifest> stored) throws IOException {
        this.settings = settings;
        this.archive = new Archive(store);
        this.clock = clock;
        this.random = random;
        this.claim = claim(settings.staging());
        this.uploads =
                new UploadLoop(threads, new Uploader(settings.staging(), archive, settings.upload(), stored),
                        this::progress,
                        Backoff.endless(FIRST_RETRY, settings.retry()).pauses(random));
    }

    private static FileClaim claim(Path staging) throws IOException {
        PrivateFolder.make(staging);
        return FileClaim.tryClaim(staging.resolve(".lock")).orElseThrow(() -> new IOException(
                "staging folder " + staging + " is in use by another archiver; give each its own"));
    }

    /** Archives all that is there, then ends. */
    public ArchiveRun sync() {
        return run(false);
    }

    /** Archives until {@link #close()}; problems that may pass are waited out. */
    public ArchiveRun follow() {
        return run(true);
    }

    private ArchiveRun run(boolean follow) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("an archiver runs once");
        }
        uploads.start();
        try (FileClaim released = claim) {
            stream(follow);
            return finish(follow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sourceErrors.add("interrupted");
            return finish(follow);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release " + settings.staging(), e);
        }
    }

    private ArchiveRun finish(boolean follow) {
        uploads.finish(follow ? 1 : settings.upload().attempts())
                .forEach((file, reason) -> storageErrors.add(file + ": " + reason));
        sourceErrors.addAll(gaps);
        return new ArchiveRun(clock.instant(), uploads.files(), uploads.bytes(), sourceErrors, storageErrors);
    }

    private void stream(boolean follow) throws InterruptedException {
        Backoff.Pauses backoff = Backoff.endless(FIRST_RETRY, settings.retry()).pauses(random);
        while (!stopped) {
            try {
                if (streamOnce(follow, backoff)) {
                    return;
                }
            } catch (IOException | RuntimeException | Error e) {
                if (stopped) {
                    return;
                }
                trouble = e.getMessage() == null ? e.toString() : e.getMessage();
                if (isFinal(e) || !follow && (isRefusal(e) || backoff.failures() + 1 >= settings.upload().attempts())) {
                    LOG.error("archiving ends: {}", trouble);
                    (e instanceof StorageException ? storageErrors : sourceErrors).add(trouble);
                    return;
                }
            }
            if (!stopped) {
                Duration wait = backoff.next();
                LOG.warn("archiving is interrupted: {}; going on in {} ms", trouble, wait.toMillis());
                uploads.pause(wait);
            }
        }
    }

    /** @return whether the run is at its end */
    private boolean streamOnce(boolean follow, Backoff.Pauses backoff) throws IOException {
        Resumption resumption = new ResumePlan(settings, archive).make();
        reachedServer = true;
        // The plan may have found files that are whole, or never will be.
        uploads.wake();
        if (resumption.gap() != null && !gaps.contains(resumption.gap())) {
            gaps.add(resumption.gap());
            LOG.error(resumption.gap());
        }
        try (StagingWriter staging = new StagingWriter(resumption.folder(), uploads::wake);
                BinlogStream binlog = BinlogStream.open(settings.source(), resumption.from(), follow)) {
            if (resumption.scan() != null) {
                staging.resume(resumption.scan());
            }
            writer = staging;
            stream = binlog;
            // What was known of an open file may be of the one before, even of another timeline.
            uploads.wake();
            if (stopped) {
                return true;
            }
            trouble = null;
            LOG.info("archiving from {}", resumption.from());
            binlog.copyTo(follow || settings.until() == null ? staging : new UntilSink(staging, settings.until()));
            trouble = "the server ended the stream";
        } catch (UntilSink.Reached e) {
            return true;
        } finally {
            if (writer != null && !resumption.from().toString().equals(writer.file() + ":" + writer.offset())) {
                backoff.reset();
            }
        }
        return !follow;
    }

    /** Whether trying again is useless: the account, the server's settings or our server id must be changed first. */
    private boolean isFinal(Throwable e) {
        if (!(e instanceof MySqlException refusal)) {
            return false;
        }
        boolean sameId = refusal.code() == MySqlException.BINLOG_READ_ERROR
                && refusal.serverMessage().contains("same server_uuid/server_id");
        return sameId || !reachedServer;
    }

    /** A missing bucket or a wrong key: who waits for the end of this run should not wait for that. */
    private static boolean isRefusal(Throwable e) {
        return e instanceof StorageException && !(e instanceof TransientStorageException);
    }

    private StagedProgress progress() {
        StagingWriter current = writer;
        return current == null ? null : current.progress();
    }

    /** What keeps the archiver from working right now, or null. */
    public String trouble() {
        return trouble != null ? trouble : uploads.trouble();
    }

    /** What is lost for ever, in words. */
    public List<String> gaps() {
        return List.copyOf(gaps);
    }

    /** Ends the run: what was read is stored once more, if the storage can be reached. */
    @Override
    public void close() throws IOException {
        stopped = true;
        uploads.wake();
        BinlogStream current = stream;
        if (current != null) {
            current.close();
        }
        if (!started.get()) {
            claim.close();
        }
    }
}
