package io.onedump.storage;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

import io.onedump.artifact.Backoff;
import io.onedump.storage.retention.NamePattern;

/** The artifacts of a job in a storage, each with what its sidecar says. */
public record Catalog(Storage storage, NamePattern names, String job, Backoff backoff) {

    /** So much clocks may differ. */
    private static final Duration SKEW = Duration.ofHours(1);
    /** Most jobs have run in that time; who has not is looked for among all. */
    private static final Duration RECENT = Duration.ofDays(40);
    /** So much earlier may a name say that a run began, read in another zone and with the day only. */
    private static final Duration NAMED_EARLIER = Duration.ofDays(4);

    static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparing(Entry::time).thenComparing(entry -> entry.object().path()).reversed();

    public Catalog(Storage storage, NamePattern names, String job) {
        this(storage, names, job, Sidecars.PATIENCE);
    }

    /**
     * The job's own artifacts, the newest first: those whose names it can have made and whose sidecars name no other
     * job. Sidecars are not among them.
     */
    public List<Entry> entries() throws IOException {
        CatalogListing listing = CatalogListing.of(this);
        listing.rememberTagged(Prune.WORTHWHILE);
        return listing.entries(listing.artifacts()).stream().filter(this::isOwn).toList();
    }

    /**
     * All that is there of the job.
     *
     * @param entries as {@link Catalog#entries()} has them
     * @param orphans paths of sidecars whose artifacts are gone
     */
    public record Contents(List<Entry> entries, List<String> orphans) {
    }

    /** The job's artifacts and what is left of others, listed once. */
    public Contents contents() throws IOException {
        CatalogListing listing = CatalogListing.of(this);
        listing.rememberTagged(Prune.WORTHWHILE);
        return new Contents(listing.entries(listing.artifacts()).stream().filter(this::isOwn).toList(),
                listing.orphans());
    }

    /** Those of them that are wanted; no other sidecar is read. */
    public List<Entry> entries(Predicate<StoredObject> wanted) throws IOException {
        CatalogListing listing = CatalogListing.of(this);
        return listing.entries(listing.artifacts().stream().filter(wanted).toList()).stream().filter(this::isOwn)
                .toList();
    }

    /**
     * Those that are wanted and whose sidecars say that they are this job's, though it does not make such names here.
     *
     * @param anywhere names that it makes on any machine
     */
    public List<Entry> ofOtherMachines(NamePattern anywhere, Predicate<StoredObject> wanted) throws IOException {
        return new Catalog(storage, anywhere, job, backoff).entries(wanted.and(object -> !names.matches(object.path())))
                .stream().filter(entry -> entry.identity().get(Identity.JOB).filter(job::equals).isPresent()).toList();
    }

    /**
     * The newest of them, as far as the first that is verified and not from the future. Of the older ones no more
     * sidecars are read than it takes to know that they are older.
     *
     * @param before null, or what is not older than that is passed over
     */
    public List<Entry> newest(Instant before) throws IOException {
        Instant from = (before == null ? Instant.now() : before).minus(RECENT);
        Optional<String> name = names.from(from);
        Optional<CatalogListing> some = name.isPresent() ? CatalogListing.after(this, name.get()) : Optional.empty();
        if (some.isPresent()) {
            NewestFirst recent = new NewestFirst(this, some.get(), before);
            List<Entry> entries = recent.entries();
            if (recent.foundAfter(from.plus(NAMED_EARLIER))) {
                return entries;
            }
        }
        return new NewestFirst(this, CatalogListing.of(this), before).entries();
    }

    boolean isOwn(Entry entry) {
        return !entry.identity().isOfAnother(job);
    }

    /** @throws StorageException when there are artifacts that something is wrong with, saying how many */
    public static void requireSound(Storage storage, List<Entry> entries) throws StorageException {
        long doubtful = entries.stream().filter(entry -> entry.problem() != null).count();
        if (doubtful > 0) {
            throw new StorageException("storage " + storage + ": something is wrong with " + doubtful + " artifact(s)");
        }
    }

    Entry entry(StoredObject object, SidecarReading reading) {
        Optional<Instant> started = reading.identity().started();
        if (started.isPresent()) {
            return new Entry(object, reading, started.get(), Clock.SIDECAR);
        }
        Optional<Instant> written = names.time(object.path());
        return written.isPresent()
                ? new Entry(object, reading, written.get(), Clock.NAME)
                : new Entry(object, reading, object.modified() == null ? Instant.EPOCH : object.modified(), Clock.FILE);
    }

    /** Where an artifact's time is from. */
    public enum Clock {
        /** The beginning of its run. */
        SIDECAR(""),
        /** The date in its name. */
        NAME("its time is from its name"),
        /** When the storage took it, or when it was moved there. */
        FILE("its time is the file's");

        private final String note;

        Clock(String note) {
            this.note = note;
        }

        /** For people; empty for the best. */
        public String note() {
            return note;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** An artifact with its sidecar, and the time by which it is older or newer than others. */
    public record Entry(StoredObject object, SidecarReading sidecar, Instant time, Clock clock) {

        public Identity identity() {
            return sidecar.identity();
        }

        /** From its sidecar, which is written only after the artifact was stored; null when that is not good. */
        public String sha256() {
            return sidecar.sidecar() == null ? null : sidecar.sidecar().sha256();
        }

        /** Whether its sidecar is good and it has the size that the sidecar says. */
        public boolean verified() {
            return sidecar.state() == SidecarReading.State.GOOD && problem() == null;
        }

        /** Whether some clock was wrong when it was made, or is now. */
        public boolean isFromTheFuture() {
            return time.isAfter(Instant.now().plus(SKEW));
        }

        /** What is to be said of it, in brackets; empty for nothing. */
        public String remark() {
            String remark = problem() != null
                    ? problem()
                    : isFromTheFuture() ? "its time is in the future: check the clocks" : clock.note();
            return remark.isEmpty() ? "" : " (" + remark + ")";
        }

        /** What is wrong, for people; null when nothing is, or when there is just no sidecar. */
        public String problem() {
            if (sidecar.problem() != null) {
                return sidecar.problem();
            }
            Optional<Long> size = identity().size();
            return size.isPresent() && size.get() != object.size()
                    ? "it is damaged: it has " + object.size() + " bytes, its sidecar says " + size.get()
                    : null;
        }
    }
}
