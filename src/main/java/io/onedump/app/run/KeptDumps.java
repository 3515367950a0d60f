package io.onedump.app.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Compression;
import io.onedump.artifact.SealedName;
import io.onedump.binlog.moment.KeptDump;
import io.onedump.binlog.restore.DumpPosition;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.job.Redaction;
import io.onedump.storage.Catalog;
import io.onedump.storage.Identity;
import io.onedump.storage.Sidecar;
import io.onedump.storage.Sidecars;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;

/** The dumps that a job has kept in its storages, for going on from one with an archive. */
public final class KeptDumps {

    /** Holds a dump's head, compressed or not. */
    private static final int HEAD = 2 << 20;
    private static final Pattern POSITION = Pattern.compile("(.+):(\\d{1,18})");
    private static final Pattern SERVER = Pattern.compile("\\d{1,10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private KeptDumps() {
    }

    /**
     * The newest first, each once, from the first of the job's storages that has it whole.
     *
     * @param err is told of storages that cannot be asked
     */
    public static List<Kept> newestFirst(JobStorages storages, PrintWriter err) throws IOException {
        List<Kept> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        storages.each(err, (place, storage) -> {
            for (Catalog.Entry entry : place.catalog(storage).entries()) {
                if (entry.problem() != null) {
                    err.println("onedump: " + Redaction.of(storage.location(entry.object().path()) + ": "
                            + entry.problem()));
                } else if (entry.verified() && !entry.isFromTheFuture() && names.add(entry.object().name())) {
                    all.add(new Kept(place, entry));
                }
            }
        });
        all.sort(Comparator.comparing(Kept::time).reversed());
        return all;
    }

    /** One of them. */
    public static final class Kept implements KeptDump {

        private final JobStorages.Place place;
        private final Catalog.Entry entry;
        private Identity identity;

        Kept(JobStorages.Place place, Catalog.Entry entry) {
            this.place = place;
            this.entry = entry;
        }

        @Override
        public String name() {
            return entry.object().path();
        }

        @Override
        public Instant time() {
            return entry.identity().started().orElse(entry.time());
        }

        @Override
        public BinlogPosition position() throws IOException {
            Matcher position = POSITION.matcher(identity().get("position").orElse(""));
            String gtids = identity().get(Identity.GTID).orElse("");
            if (position.matches()) {
                return new BinlogPosition(position.group(1), Long.parseLong(position.group(2)), gtids);
            }
            if (SealedName.is(name())) {
                throw new StorageException(name() + ": it is sealed, and its sidecar does not say its position in the"
                        + " binary log: nothing can go on from it");
            }
            try (Storage storage = place.endpoint().open();
                    InputStream stored = storage.get(entry.object().path(), 0, HEAD);
                    InputStream sql = Compression.ofName(entry.object().name()).decompress(stored)) {
                BinlogPosition head = DumpPosition.find(name(), sql);
                return new BinlogPosition(head.file(), head.offset(), gtids);
            }
        }

        @Override
        public String server() throws IOException {
            return identity().get("server-id").filter(id -> SERVER.matcher(id).matches()).orElse("");
        }

        /** All that the sidecar says; an index remembers less. */
        private Identity identity() throws IOException {
            if (identity == null) {
                try (Storage storage = place.endpoint().open()) {
                    identity = new Sidecars(storage).find(entry.object().path()).map(Sidecar::identity)
                            .orElse(Identity.NONE);
                }
            }
            return identity;
        }

        /** Its bytes; the caller closes it. */
        public StoredEntry open() {
            return new StoredEntry(place, entry);
        }
    }
}
