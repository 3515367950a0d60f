package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.FileClaim;
import io.onedump.artifact.PrivateFolder;
import io.onedump.artifact.Threads;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.BinlogStream;
import io.onedump.binlog.source.ServerClock;
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
    private static final Pattern ANONYMOUS =
            Pattern.compile("Cannot replicate anonymous transaction.* at file (?:\\S*[/\\\\])?([^/\\\\\\s]+\\.\\d+)");
    private static final int LOCK_TRIES = 5;
    private static final long LOCK_PAUSE = 20_000_000;
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);

    private final ArchiveSettings settings;
    private final Archive archive;
    private final Clock clock;
    private final RandomGenerator random;
    private final FileClaim claim;
    private final Ownership ownership;
    private final SpoolRoom room;
    private final Consumer<String> broken;
    private final UploadLoop uploads;
    private final List<String> gaps = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private volatile BinlogStream stream;
    private volatile StagingWriter writer;
    private volatile String trouble;
    private volatile String ended;
    private volatile int timeline;
    private volatile ServerClock serverClock;
    private final AtomicBoolean started = new AtomicBoolean();
    private final List<String> sourceErrors = new ArrayList<>();
    private final List<String> storageErrors = new ArrayList<>();
    private boolean reachedServer;
    private BinlogName unsendable;
    private Quiet told;
    private Completeness atEnd;

    /**
     * @param threads where the one that uploads comes from
     * @param random for the waits between attempts
     * @param stored told of each file that has become whole in the storage, in the thread that uploads
     * @throws IOException when the staging folder cannot be used, or another archiver uses it
     */
    public Archiver(Threads threads, ArchiveSettings settings, ArchiveStore store, Clock clock, RandomGenerator random,
            Consumer<FileManifest> stored) throws IOException {
        this(threads, settings, store, clock, random, stored, reason -> {
        });
    }

    /**
     * @param broken told, in the thread that reads, when no restore crosses this moment any more, and why: after a gap,
     *               and when a new timeline begins
     */
    public Archiver(Threads threads, ArchiveSettings settings, ArchiveStore store, Clock clock, RandomGenerator random,
            Consumer<FileManifest> stored, Consumer<String> broken) throws IOException {
        this.settings = settings;
        this.archive = new Archive(store);
        this.clock = clock;
        this.random = random;
        this.broken = broken;
        this.claim = claim(settings.staging());
        this.room = new SpoolRoom(settings.staging());
        this.ownership = new Ownership(archive, settings.staging(), settings.source().server().address(), clock);
        Uploader uploader = new Uploader(settings.staging(), archive, settings.upload(), stored);
        this.uploads = new UploadLoop(threads, uploader, this::progress,
                Backoff.endless(FIRST_RETRY, settings.retry()).pauses(random), new Beat(uploader));
    }

    private static FileClaim claim(Path staging) throws IOException {
        PrivateFolder.make(staging);
        Path lock = staging.resolve(".lock");
        for (int i = 0; i < LOCK_TRIES; i++) {
            Optional<FileClaim> claim = FileClaim.tryClaim(lock);
            if (claim.isPresent()) {
                return claim.get();
            }
            // Whoever asks for the status looks at the lock for a moment.
            LockSupport.parkNanos(LOCK_PAUSE);
        }
        throw new IOException("staging folder " + staging + " is in use by another archiver; give each its own");
    }

    /** Whether an archive is the one of a spool folder, or of nobody. */
    public static boolean owns(Archive archive, Path staging) throws IOException {
        return Ownership.isOwn(archive, staging);
    }

    /** Makes an archive the one of a spool folder, whoever has made it: somebody says that it is so. */
    public static void takeOver(Archive archive, Path staging, String origin) throws IOException {
        Ownership.seize(archive, staging, origin, Clock.systemUTC());
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
        ownership.follow(follow);
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
        } finally {
            if (!stopped && follow) {
                ended = "archiving has ended: " + (trouble == null ? "see the log" : trouble);
            }
        }
    }

    private ArchiveRun finish(boolean follow) {
        Map<BinlogName, String> failures = uploads.finish(follow ? 1 : settings.upload().attempts());
        failures.forEach((file, reason) -> storageErrors.add(file + ": " + reason));
        if (failures.isEmpty() && uploads.trouble() != null) {
            storageErrors.add(uploads.trouble());
        }
        sourceErrors.addAll(gaps);
        sayHowItEnded(follow);
        return new ArchiveRun(clock.instant(), uploads.files(), uploads.bytes(), sourceErrors, storageErrors);
    }

    private void sayHowItEnded(boolean follow) {
        try {
            if (atEnd != null && storageErrors.isEmpty()) {
                archive.put(timeline, atEnd);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("until when the archive is complete could not be stored: {}", e.toString());
        }
        boolean failed = follow && !stopped;
        ownership.end(failed ? Claim.State.FAILED : Claim.State.ENDED,
                String.join("; ", failed || !follow
                        ? Stream.concat(sourceErrors.stream().filter(error -> !gaps.contains(error)),
                                storageErrors.stream()).toList()
                        : List.of()));
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
                if (passesOver(e)) {
                    continue;
                }
                if (isSameId(e) || !follow
                        && (isFinal(e) || isRefusal(e) || backoff.failures() + 1 >= settings.upload().attempts())) {
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
        room.require();
        Resumption resumption = new ResumePlan(settings, archive, ownership, unsendable).make();
        reachedServer = true;
        // The plan may have found files that are whole, or never will be.
        uploads.wake();
        if (resumption.gap() != null && !gaps.contains(resumption.gap())) {
            gaps.add(resumption.gap());
            LOG.error(resumption.gap());
            broken.accept(resumption.gap());
        }
        if (resumption.broken() != null) {
            broken.accept("a new timeline begins: " + resumption.broken());
        }
        timeline = resumption.folder().timeline();
        serverClock = resumption.clock();
        new Refetch(settings, archive).run(resumption);
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
            complete(follow, null);
        } catch (UntilSink.Reached e) {
            complete(follow, settings.until());
            return true;
        } finally {
            if (writer != null && !resumption.from().toString().equals(writer.file() + ":" + writer.offset())) {
                backoff.reset();
            }
        }
        return !follow;
    }

    /** A run that has read all there is knows until when that was all. */
    private void complete(boolean follow, Instant until) {
        if (!follow && serverClock != null && writer.file() != null) {
            Instant known = until != null && until.isBefore(serverClock.told()) ? until : serverClock.told();
            atEnd = new Completeness(BinlogName.parse(writer.file()), writer.offset(), known);
        }
    }

    /**
     * Whether the server says that it never again sends a file, because it has moved to GTIDs since it wrote it: then
     * what is there after it is asked for.
     */
    private boolean passesOver(Throwable e) {
        if (!(e instanceof MySqlException refusal) || refusal.code() != MySqlException.BINLOG_READ_ERROR) {
            return false;
        }
        Matcher anonymous = ANONYMOUS.matcher(refusal.serverMessage());
        if (!anonymous.find() || !BinlogName.matches(anonymous.group(1))) {
            return false;
        }
        BinlogName file = BinlogName.parse(anonymous.group(1));
        boolean further = unsendable == null || file.compareTo(unsendable) > 0;
        if (further) {
            LOG.warn("the server has moved to GTIDs and no longer sends the anonymous transactions of {}", file);
            unsendable = file;
        }
        return further;
    }

    /** Somebody else uses our server id: who tries again throws that one out, who does the same to us. */
    private static boolean isSameId(Throwable e) {
        return e instanceof MySqlException refusal && (refusal.code() == MySqlException.SAME_REPLICA_ID
                || refusal.code() == MySqlException.BINLOG_READ_ERROR
                        && refusal.serverMessage().contains("same server_uuid/server_id"));
    }

    /** What a run that is to end does not wait for: the account or the server's settings must be changed first. */
    private boolean isFinal(Throwable e) {
        return e instanceof ForeignArchiveException
                || e instanceof MySqlException refusal && !reachedServer && !refusal.isTransient();
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
        return ended != null ? ended : trouble != null ? trouble : uploads.trouble();
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

    /** What the thread that uploads tells the archive. */
    private final class Beat implements Pulse {

        private static final Duration EVERY = Duration.ofSeconds(30);

        private final Uploader uploader;
        private long last = System.nanoTime() - EVERY.toNanos();

        Beat(Uploader uploader) {
            this.uploader = uploader;
        }

        @Override
        public boolean mayWrite() throws IOException {
            return StagingFolder.all(settings.staging()).isEmpty() || ownership.mayWrite();
        }

        @Override
        public void beat(boolean allStored) throws IOException {
            try {
                ownership.renew(trouble());
            } catch (ForeignArchiveException e) {
                BinlogStream current = stream;
                if (current != null) {
                    current.close();
                }
                throw e;
            }
            StagingWriter current = writer;
            Quiet quiet = current == null ? null : current.quiet();
            ServerClock now = serverClock;
            if (allStored && quiet != null && quiet != told && now != null
                    && System.nanoTime() - last >= EVERY.toNanos()
                    && uploader.storedUntil(quiet.file()) >= quiet.offset()) {
                archive.put(timeline, new Completeness(quiet.file(), quiet.offset(), now.at(quiet.nanos())));
                told = quiet;
                last = System.nanoTime();
            }
        }
    }
}
