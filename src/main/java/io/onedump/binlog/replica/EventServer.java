package io.onedump.binlog.replica;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.FormatDescription;

/** Sends the events of a {@link ServedLog} from any place on, as a server's dump thread does. */
final class EventServer {

    private static final int BUFFER = 1 << 18;

    private final ServedLog log;
    private final EventForge forge;
    private final PacketWriter out;
    private boolean checksums;

    /**
     * @param checksums whether the replica was told that events have checksums, before it has seen a file's first event
     */
    EventServer(ServedLog log, EventForge forge, PacketWriter out, boolean checksums) {
        this.log = log;
        this.forge = forge;
        this.out = out;
        this.checksums = checksums;
    }

    /** Whether the events of the first file have checksums. */
    static boolean checksums(ServedLog log) throws IOException {
        byte[] format = format(log.files().get(0));
        return FormatDescription.parse(format, 0, format.length).checksums();
    }

    void serve(String file, long offset) throws IOException {
        List<String> names = log.files().stream().map(path -> path.getFileName().toString()).toList();
        int from = names.indexOf(file);
        if (from < 0) {
            throw new IOException("the replica asked for " + file + ", which is not part of the restore");
        }
        serve(log.files().get(from), Math.max(offset, EventReader.MAGIC_LENGTH));
        for (Path next : log.files().subList(from + 1, log.files().size())) {
            serve(next, EventReader.MAGIC_LENGTH);
        }
        out.flush();
    }

    /** To be sent now and then while the replica works through what it has. */
    void heartbeat() throws IOException {
        out.event(forge.heartbeat(log.stop().file(), log.stop().offset(), checksums));
        out.flush();
    }

    private void serve(Path file, long start) throws IOException {
        String name = file.getFileName().toString();
        out.event(forge.rotate(name, start, checksums));
        byte[] format = format(file);
        checksums = FormatDescription.parse(format, 0, format.length).checksums();
        if (start > EventReader.MAGIC_LENGTH) {
            out.event(EventForge.repeated(format));
        }
        long end = name.equals(log.stop().file()) ? log.stop().offset() : Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            in.skipNBytes(start);
            long at = start;
            while (at < end) {
                long skipTo = skipTo(name, at);
                if (skipTo > at) {
                    in.skipNBytes(skipTo - at);
                    // MariaDB forgets with the first whether events have checksums, and learns it from the second.
                    out.event(forge.rotate(name, skipTo, checksums));
                    out.event(EventForge.repeated(format));
                    at = skipTo;
                } else {
                    at += event(in);
                }
            }
        }
    }

    private long event(InputStream in) throws IOException {
        in.mark(EventHeader.LENGTH);
        byte[] header = in.readNBytes(EventHeader.LENGTH);
        if (header.length < EventHeader.LENGTH) {
            throw new EOFException("the archived file ends in the middle of an event");
        }
        in.reset();
        long length = EventHeader.length(header, 0);
        if (log.anonymous() && EventHeader.type(header, 0) == EventType.GTID) {
            out.event(EventForge.anonymous(in.readNBytes((int) length), checksums));
        } else {
            out.event(in, length);
        }
        return length;
    }

    private long skipTo(String file, long at) {
        Optional<ServedLog.Stretch> stretch = log.left().stream()
                .filter(left -> left.file().equals(file) && left.start() == at).findFirst();
        return stretch.map(ServedLog.Stretch::end).orElse(at);
    }

    private static byte[] format(Path file) throws IOException {
        try (EventReader events = new EventReader(file.getFileName().toString(), Files.newInputStream(file))) {
            events.next();
            return Arrays.copyOfRange(events.bytes(), events.at(), events.at() + (int) events.length());
        }
    }
}
