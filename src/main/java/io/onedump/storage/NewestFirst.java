package io.onedump.storage;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.onedump.storage.retention.NamePattern.Written;

/**
 * Finds the newest artifact of a catalog that is verified. Sidecars are read in the order of the dates in the names,
 * or, where there are none, of the storage's times, until no other artifact can be newer. When so many were read that
 * the job runs often, what they say of its names is believed of the rest: that no run began longer after the date in
 * its name than any of those did.
 */
final class NewestFirst {

    private static final int FIRST = 16;
    private static final int LARGEST = 256;
    private static final int MANY = 500;
    /** Between the clock of a storage and that of a machine. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    /** Between what a name says and what is, when it may have been made elsewhere and tells the day only. */
    private static final Duration FAR_APART = Duration.ofHours(74);

    private final Catalog catalog;
    private final CatalogListing listing;
    private final Instant before;
    /** The newest first. */
    private final List<Guess> guesses = new ArrayList<>();
    /** Of each guess and all behind it: when the last of those runs began at the latest. */
    private final List<Instant> latest = new ArrayList<>();
    private final List<Catalog.Entry> entries = new ArrayList<>();
    private Instant best;
    private int read;
    private Duration lead = Duration.ofMinutes(1);

    /**
     * What is known of an artifact before its sidecar is read.
     *
     * @param time   when its run began, as far as that can be told
     * @param latest when it began at the latest
     * @param sure   whether the time is nearly right
     */
    private record Guess(StoredObject object, Instant time, Instant latest, boolean sure) {
    }

    NewestFirst(Catalog catalog, CatalogListing listing, Instant before) {
        this.catalog = catalog;
        this.listing = listing;
        this.before = before;
        for (StoredObject object : listing.artifacts()) {
            Guess guess = guess(object);
            if (before == null || !guess.sure() || guess.time().minus(FAR_APART).isBefore(before)) {
                guesses.add(guess);
            }
        }
        guesses.sort(Comparator.comparing(Guess::time).thenComparing(Guess::latest)
                .thenComparing(guess -> guess.object().path()).reversed());
        Instant behind = Instant.MIN;
        for (int i = guesses.size() - 1; i >= 0; i--) {
            behind = later(behind, guesses.get(i).latest());
            latest.add(behind);
        }
        Collections.reverse(latest);
    }

    List<Catalog.Entry> entries() throws IOException {
        int size = FIRST;
        for (int from = 0; from < guesses.size() && mayBeNewer(from); size = Math.min(LARGEST, 2 * size)) {
            int to = Math.min(guesses.size(), from + size);
            add(guesses.subList(from, to));
            from = to;
        }
        entries.sort(Catalog.NEWEST_FIRST);
        return List.copyOf(entries);
    }

    /** Whether the one that was looked for is there and newer than that. */
    boolean foundAfter(Instant time) {
        return best != null && best.isAfter(time);
    }

    private Guess guess(StoredObject object) {
        Optional<Written> written = catalog.names().written(object.path());
        if (written.isPresent() && written.get().latest() != null) {
            return new Guess(object, written.get().time(), written.get().latest(), true);
        }
        Instant stored = object.modified() == null ? Instant.MAX : object.modified().plus(CLOCKS_APART);
        if (written.isPresent()) {
            Instant date = written.get().time();
            return new Guess(object, date, later(date.plus(FAR_APART), stored), false);
        }
        return new Guess(object, object.modified() == null ? Instant.EPOCH : object.modified(), stored, false);
    }

    /** Whether that guess or one behind it may be. */
    private boolean mayBeNewer(int number) {
        return best == null || !latest.get(number).isBefore(best)
                && (read < MANY || !plus(guesses.get(number).time(), lead).isBefore(best));
    }

    private void add(List<Guess> some) throws IOException {
        for (Catalog.Entry entry : listing.entries(some.stream().map(Guess::object).toList())) {
            if (catalog.isOwn(entry)) {
                entries.add(entry);
                if (entry.verified() && (before == null ? !entry.isFromTheFuture() : entry.time().isBefore(before))
                        && (best == null || entry.time().isAfter(best))) {
                    best = entry.time();
                }
            }
        }
        for (Guess guess : some) {
            Instant started = listing.identity(guess.object().path()).started().orElse(guess.time());
            Duration after = Duration.between(guess.time(), started);
            lead = after.compareTo(lead) > 0 ? after : lead;
        }
        read += some.size();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** A sidecar may name any time. */
    private static Instant plus(Instant time, Duration more) {
        try {
            return time.plus(more);
        } catch (DateTimeException e) {
            return Instant.MAX;
        }
    }
}
