package io.onedump.binlog.archive;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.event.BinlogName;
import org.slf4j.Logger;

/**
 * That a timeline has all that its server wrote before a moment, also when there is nothing that is so young: the
 * server said that it had nothing more. It is stored after what it speaks of.
 *
 * @param file   the newest that the server had
 * @param offset how far it had come
 * @param until  by the server's clock, in whole seconds, as its log has them
 */
public record Completeness(BinlogName file, long offset, Instant until) {

    static final String OBJECT = "complete";

    private static final Logger LOG = CleanLog.of(Completeness.class);
    private static final String HEAD = "onedump-complete 1";

    public Completeness {
        if (offset < 0) {
            throw new IllegalArgumentException("no place in " + file + ": " + offset);
        }
        until = Instant.ofEpochSecond(until.getEpochSecond());
    }

    String text() {
        return new ArchiveText().line("file", file).line("offset", offset).line("until", until).under(HEAD);
    }

    static Optional<Completeness> parse(String text) {
        try {
            Map<String, String> values = new HashMap<>();
            ArchiveText.parse(HEAD, "file", text).forEach(line -> values.put(line[0], line[1]));
            return Optional.of(new Completeness(BinlogName.parse(values.get("file")),
                    Long.parseLong(values.get("offset")), Instant.parse(values.get("until"))));
        } catch (RuntimeException e) {
            LOG.warn("until when the archive is complete cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
