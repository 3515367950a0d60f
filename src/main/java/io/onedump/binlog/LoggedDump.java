package io.onedump.binlog;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Compression;
import io.onedump.artifact.SealedName;
import io.onedump.binlog.moment.KeptDump;
import io.onedump.binlog.restore.DumpPosition;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.JobPlaces;
import io.onedump.restore.StoredEntry;
import io.onedump.storage.Identity;
import io.onedump.storage.StorageException;

/**
 * A dump that a job has kept, for going on from it with an archive.
 *
 * @param entry the caller closes it when it has read of it
 */
public record LoggedDump(StoredEntry entry) implements KeptDump {

    /** Holds a dump's head, compressed or not. */
    private static final int HEAD = 2 << 20;
    private static final Pattern POSITION = Pattern.compile("(.+):(\\d{1,18})");
    private static final Pattern SERVER = Pattern.compile("\\d{1,10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Those of a job, the newest first; see {@link JobPlaces#newestFirst}. */
    public static List<LoggedDump> newestFirst(JobPlaces places, Consumer<String> problems) {
        return places.newestFirst(problems).stream().map(LoggedDump::new).toList();
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public Instant time() {
        return entry.time();
    }

    @Override
    public BinlogPosition position() throws IOException {
        Matcher position = POSITION.matcher(entry.identity().get("position").orElse(""));
        String gtids = entry.identity().get(Identity.GTID).orElse("");
        if (position.matches()) {
            return new BinlogPosition(position.group(1), Long.parseLong(position.group(2)), gtids);
        }
        if (SealedName.is(name())) {
            throw new StorageException(
                    name() + ": it is sealed, and its sidecar does not say its position in the binary"
                            + " log: nothing can go on from it");
        }
        try (InputStream stored = entry.bytes().open(0, Math.min(HEAD, entry.bytes().size()));
                InputStream sql = Compression.ofName(name()).decompress(stored)) {
            BinlogPosition head = DumpPosition.find(name(), sql);
            return new BinlogPosition(head.file(), head.offset(), gtids);
        }
    }

    @Override
    public String server() throws IOException {
        return entry.identity().get("server-id").filter(id -> SERVER.matcher(id).matches()).orElse("");
    }
}
