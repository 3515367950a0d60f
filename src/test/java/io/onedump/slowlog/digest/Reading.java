package io.onedump.slowlog.digest;

import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.WorkFolder;
import io.onedump.slowlog.parse.Carry;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.parse.LogSplitter;
import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.parse.SlowEvent;
import io.onedump.slowlog.parse.SlowLogParser;
import io.onedump.slowlog.text.LogText;
import io.onedump.slowlog.text.Names;

/** A log read in every way that must come to the same: at once, in small parts, cut in two by the splitter. */
final class Reading {

    /** What counts of an event. */
    record Event(long from, long to, String text, long queryTime, String db, boolean admin) {

        private static Event of(SlowEvent e) {
            return new Event(e.from, e.to, LogText.text(e.buf, e.textFrom, e.textTo), e.queryMicros(),
                    e.dbBuf == null ? null : LogText.text(e.dbBuf, e.dbFrom, e.dbTo), e.admin);
        }
    }

    private Reading() {
    }

    /** Reads and digests it; the parser has to say that it read to the end. */
    static List<Event> atOnce(byte[] log) {
        List<Event> events = new ArrayList<>();
        Names.Registry names = Metrics.registry();
        EventDigester digester = new EventDigester(EventFilter.ALL, names, new Names.Registry(100),
                new ClassStore(Scratch.below(WorkFolder.root()), List.of("log")), 1 << 20);
        SlowLogParser parser = new SlowLogParser(new Names(names), Carry.atStart(), e -> {
            events.add(Event.of(e));
            digester.event(e);
        });
        if (parser.parse(log, 0, log.length, 0, true) != log.length) {
            throw new IllegalStateException("not read to its end");
        }
        return events;
    }

    /** The parser gets to see so many bytes more each time. */
    static List<Event> inParts(byte[] log, int size) {
        List<Event> events = new ArrayList<>();
        SlowLogParser parser = parser(Carry.atStart(), events);
        int consumed = 0;
        for (int known = size; known < log.length; known += size) {
            consumed = parser.parse(log, consumed, known, 0, false);
        }
        parser.parse(log, consumed, log.length, 0, true);
        return events;
    }

    /** Two parsers, each with one part of the log; one when there is no place to cut it. */
    static List<Event> split(byte[] log) {
        List<Event> events = new ArrayList<>();
        int split = Math.max(0, new LogSplitter().lastSplit(log, 0, log.length));
        SlowLogParser first = parser(Carry.atStart(), events);
        first.parse(log, 0, split, 0, true);
        parser(first.carry(), events).parse(log, split, log.length, 0, true);
        return events;
    }

    private static SlowLogParser parser(Carry carry, List<Event> events) {
        return new SlowLogParser(new Names(Metrics.registry()), carry, e -> events.add(Event.of(e)));
    }
}
