package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.PrivateFolder;
import io.onedump.storage.Machine;
import org.slf4j.Logger;

/**
 * Keeps two archivers from writing into one archive. An archive belongs to whoever claimed it. Another may go on with
 * it once that one is gone, as after the loss of a spool folder, but only where its server's log really goes on there:
 * a new timeline is for the owner alone.
 */
final class Ownership {

    private static final Logger LOG = CleanLog.of(Ownership.class);
    private static final String WRITER = "writer";

    /** What an archiver is to the archive. */
    enum Standing {
        /** The archive is its own, or new. */
        OWN,
        /** Somebody else's, who is gone: it may go on, and not begin anew. */
        INHERITED
    }

    private final Archive archive;
    private final Path staging;
    private final String origin;
    private volatile boolean follows;
    private final Clock clock;
    private Claim mine;
    private Claim.Oldest known;
    private volatile boolean held;
    private long renewed;

    Ownership(Archive archive, Path staging, String origin, Clock clock) {
        this.archive = archive;
        this.staging = staging;
        this.origin = origin;
        this.clock = clock;
    }

    /** @param forEver whether it is meant to be at work for ever */
    void follow(boolean forEver) {
        follows = forEver;
    }

    /**
     * Asks whose the archive is.
     *
     * @throws ForeignArchiveException when another archiver is at work on it
     */
    Standing ask() throws IOException {
        Optional<Claim> claim = Claim.of(archive);
        if (claim.isEmpty()) {
            boolean ours = !StagingFolder.all(staging).isEmpty() || archive.newestTimeline().isEmpty();
            return ours ? Standing.OWN : Standing.INHERITED;
        }
        known = claim.get().oldest();
        if (isMine(claim.get())) {
            return Standing.OWN;
        }
        if (claim.get().lives(clock.instant())) {
            throw new ForeignArchiveException("the archive is in use: " + claim.get().whose() + " was at work on it at "
                    + claim.get().seen() + "; give each archive a place and a spool folder of its own, and let one"
                    + " machine archive a server");
        }
        return Standing.INHERITED;
    }

    private boolean isMine(Claim claim) throws IOException {
        return claim.writer().equals(writer())
                && (claim.host().equals(host()) || !claim.lives(clock.instant()));
    }

    /** What must hold before anything is uploaded: the archive is known to be ours. */
    synchronized boolean mayWrite() throws IOException {
        if (!held && ask() == Standing.OWN) {
            held = true;
        }
        return held;
    }

    /**
     * Makes the archive ours.
     *
     * @param server its unique name; empty where it has none
     */
    synchronized void take(String server) throws IOException {
        mine = new Claim(writer(), host(), staging.toString(), origin, server, follows, Claim.State.RUNNING,
                clock.instant(), "", known);
        held = true;
        write(mine);
    }

    /**
     * Says now and then that we are still at work, and looks whether the archive is still ours.
     *
     * @param  trouble                 what keeps us from working, or null
     * @throws ForeignArchiveException when another has taken it
     */
    synchronized void renew(String trouble) throws IOException {
        String said = trouble == null ? "" : trouble;
        boolean news = mine != null && said.isEmpty() != mine.trouble().isEmpty();
        if (mine == null || !news && System.nanoTime() - renewed < Claim.EVERY.toNanos()) {
            return;
        }
        Optional<Claim> there = Claim.of(archive);
        if (there.isPresent() && !there.get().writer().equals(mine.writer())) {
            held = false;
            mine = null;
            throw new ForeignArchiveException("the archive was taken over by " + there.get().whose());
        }
        mine = mine.as(Claim.State.RUNNING, clock.instant(), said);
        write(mine);
    }

    /** Says how the work ended. */
    synchronized void end(Claim.State state, String why) {
        if (mine == null) {
            return;
        }
        try {
            write(mine.with(oldest()).as(state, clock.instant(), why));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the archive could not be told that archiving has ended: {}", e.toString());
        }
    }

    /** Whether an archive is the one of that spool folder, so that it may be thinned for it. */
    static boolean isOwn(Archive archive, Path staging) throws IOException {
        Optional<Claim> claim = Claim.of(archive);
        return claim.isEmpty() || Files.isDirectory(staging) && claim.get().writer().equals(writer(staging));
    }

    /** Makes the archive ours whoever has it, because a person says so. */
    static void seize(Archive archive, Path staging, String origin, Clock clock) throws IOException {
        PrivateFolder.make(staging);
        Ownership next = new Ownership(archive, staging, origin, clock);
        archive.put(Claim.OBJECT, new Claim(next.writer(), host(), staging.toString(), origin, "", false,
                Claim.State.ENDED, clock.instant(), "", null).text());
    }

    private void write(Claim claim) throws IOException {
        archive.put(Claim.OBJECT, claim.text());
        renewed = System.nanoTime();
    }

    private Claim.Oldest oldest() {
        try {
            Optional<TimelineListing> newest = archive.newest();
            if (newest.isEmpty()) {
                return null;
            }
            FileManifest first = archive.present(newest.get().timeline(), newest.get().files().get(0));
            return new Claim.Oldest(newest.get().timeline(), first.file(), first.first());
        } catch (IOException e) {
            LOG.debug("the archive's oldest file is not known: {}", e.toString());
            return null;
        }
    }

    private String writer() throws IOException {
        return writer(staging);
    }

    /** The name that a spool folder's archiver has; made when it is asked for the first time. */
    private static String writer(Path staging) throws IOException {
        Path file = staging.resolve(WRITER);
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            String made = UUID.randomUUID().toString();
            AtomicFile.writePrivate(file, made.getBytes(StandardCharsets.UTF_8));
            return made;
        }
    }

    private static String host() {
        return Machine.name() == null ? "unknown" : Machine.name();
    }
}
