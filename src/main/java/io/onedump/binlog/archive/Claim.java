package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.onedump.binlog.event.BinlogName;

/**
 * Who writes an archive, as an object of the archive says it: one archiver and no other. It is renewed while that one
 * is at work, so that others, and {@code status}, see whether it lives.
 *
 * @param writer  made up once for its spool folder
 * @param host    the machine it was on
 * @param spool   its spool folder there
 * @param origin  what it archives: the server's address or a folder
 * @param server  the server's unique name; empty where it has none
 * @param follows whether it is meant to be at work for ever
 * @param state   what it was doing when it wrote this
 * @param seen    when it wrote this, by its own clock
 * @param trouble what kept it from working then; empty for nothing
 * @param oldest  the archive's oldest file, with its first event's time; null when not known
 */
record Claim(String writer, String host, String spool, String origin, String server, boolean follows, State state,
        Instant seen, String trouble, Oldest oldest) {

    /** Who has not been seen for so long is not at work. */
    static final Duration STALE = Duration.ofMinutes(3);
    /** How often it is renewed. */
    static final Duration EVERY = Duration.ofMinutes(1);
    static final String OBJECT = "archiver";

    private static final String HEAD = "onedump-archiver 1";

    /** How an archiver is. */
    enum State {
        RUNNING,
        /** It was stopped, or had done all there was. */
        ENDED,
        /** It has given up. */
        FAILED
    }

    /** The oldest file and its first moment, so that the status needs no look at it. */
    record Oldest(int timeline, BinlogName file, Instant first) {
    }

    /** Whether it is at work, as far as can be seen. */
    boolean lives(Instant now) {
        return state == State.RUNNING && Duration.between(seen, now).abs().compareTo(STALE) < 0;
    }

    Claim as(State next, Instant now, String why) {
        return new Claim(writer, host, spool, origin, server, follows, next, now, why, oldest);
    }

    Claim with(Oldest file) {
        return new Claim(writer, host, spool, origin, server, follows, state, seen, trouble, file);
    }

    /** For people: which archiver it is. */
    String whose() {
        return "the archiver of " + origin + " on " + host + " with spool folder " + spool;
    }

    String text() {
        ArchiveText text = new ArchiveText().line("writer", writer).line("host", host).line("spool", spool)
                .line("origin", origin).line("server", server).line("mode", follows ? "follow" : "sync")
                .line("state", state.name().toLowerCase(Locale.ROOT)).line("seen", seen)
                .line("trouble", trouble);
        if (oldest != null) {
            text.line("oldest", oldest.timeline() + " " + oldest.first() + " " + oldest.file());
        }
        return text.under(HEAD);
    }

    private static Claim parse(String text) throws IOException {
        try {
            Map<String, String> values = new HashMap<>();
            ArchiveText.parse(HEAD, "writer", text).forEach(line -> values.put(line[0], line[1]));
            return new Claim(values.get("writer"), values.get("host"), values.get("spool"), values.get("origin"),
                    values.get("server"), values.get("mode").equals("follow"),
                    State.valueOf(values.get("state").toUpperCase(Locale.ROOT)),
                    Instant.parse(values.get("seen")), values.get("trouble"), oldest(values.get("oldest")));
        } catch (RuntimeException e) {
            throw new IOException("the archive's object '" + OBJECT + "' cannot be read, so that nobody knows whose"
                    + " archive this is: " + e.getMessage() + "; if it is this job's, type 'onedump binlog accept-gap"
                    + " --take-over' for it", e);
        }
    }

    private static Oldest oldest(String line) {
        if (line == null) {
            return null;
        }
        String[] words = line.split(" ", 3);
        return new Oldest(Integer.parseInt(words[0]), BinlogName.parse(words[2]), Instant.parse(words[1]));
    }

    /** That of an archive; empty when nobody has claimed it yet, as older versions did not. */
    static Optional<Claim> of(Archive archive) throws IOException {
        Optional<String> text = archive.text(OBJECT);
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
    }
}
