package io.onedump.slowlog.digest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.onedump.slowlog.fingerprint.Fingerprinter;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.parse.EventHandler;
import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.parse.SlowEvent;
import io.onedump.slowlog.parse.Unit;
import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Names;

/** Adds the events that one reader parses to classes. Readers of one log share only the numbers of names. */
final class EventDigester implements EventHandler {

    private final EventFilter filter;
    private final Names.Registry metricNames;
    private final Names names;
    private final ClassTable classes = new ClassTable();
    private final ClassStore store;
    private final long budget;
    private final Fingerprinter fingerprinter = new Fingerprinter();
    private final EventValues values = new EventValues();
    private final List<ClassStats> inheriting = new ArrayList<>();
    /** Written while the piece was read, with events that inherit their database. */
    private final List<ClassRun> inheritingRuns = new ArrayList<>();
    private Unit[] units = new Unit[32];
    private int fileIndex;
    private String file;
    private long malformed;
    private long filtered;
    private long rateLimit;

    /**
     * @param store  takes the classes whenever they outgrow the memory
     * @param budget bytes of memory for classes
     */
    EventDigester(EventFilter filter, Names.Registry metricNames, Names.Registry names, ClassStore store,
            long budget) {
        this.filter = filter;
        this.metricNames = metricNames;
        this.names = new Names(names);
        this.store = store;
        this.budget = budget;
    }

    void startFile(int index, String name) {
        fileIndex = index;
        file = name;
    }

    /** Says which database the piece of the log began with, after the piece was read; null for none. */
    void endPiece(byte[] database) {
        if (inheriting.isEmpty() && inheritingRuns.isEmpty()) {
            return;
        }
        Integer id = database == null ? null : names.idOf(database, 0, database.length);
        inheriting.forEach(c -> c.resolve(id));
        inheriting.clear();
        inheritingRuns.forEach(run -> run.inherits(id));
        inheritingRuns.clear();
    }

    ClassTable classes() {
        return classes;
    }

    /** Values that the digest could not use. */
    long malformed() {
        return malformed;
    }

    /** Events that the filter did not take. */
    long filtered() {
        return filtered;
    }

    /** The largest log_slow_rate_limit seen: one event of so many was logged; 0 for none. */
    long rateLimit() {
        return rateLimit;
    }

    @Override
    public void event(SlowEvent event) {
        if (!filter.takes(event)) {
            filtered++;
            return;
        }
        long queryTime = event.queryMicros();
        fingerprinter.of(event.buf, event.textFrom, event.textTo, event.cut);
        ClassStats stats = classes.get(fingerprinter.bytes(), fingerprinter.length());
        values.begin(event.micros(), queryTime);
        values.value(Metrics.QUERY_SIZE, event.textTo - event.textFrom);
        measures(event);
        people(event, stats);
        int grown = stats.add(values);
        if (stats.isSlowest(queryTime)) {
            grown += stats.sample(Sample.of(event, queryTime, fileIndex, file));
        }
        classes.grew(grown);
        if (classes.footprint() > budget) {
            spill();
        }
    }

    private void spill() {
        try {
            ClassRun run = store.spill(classes.takeAll());
            if (!inheriting.isEmpty() || !inheritingRuns.isEmpty()) {
                inheritingRuns.add(run);
            }
            inheriting.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measures(SlowEvent event) {
        byte[] buf = event.buf;
        for (int i = 0; i < event.values; i++) {
            int name = event.names[i];
            int from = event.valueFrom[i];
            int to = event.valueTo[i];
            Unit unit = unit(name);
            if (unit == Unit.LABEL) {
                label(name, buf, from, to);
            } else if (from < to && (buf[from] == 'Y' || buf[from] == 'N')) {
                values.value(name, buf[from] == 'Y' ? EventValues.YES : EventValues.NO);
            } else {
                long value = unit == Unit.SECONDS || unit == Unit.MILLISECONDS
                        ? Ascii.parseMicros(buf, from, to)
                        : Ascii.parseLong(buf, from, to);
                if (value >= 0) {
                    values.value(name, value);
                } else if (name <= Metrics.ROWS_AFFECTED || from == to || !Ascii.isWord(buf[from])
                        || Ascii.isDigit(buf[from])) {
                    malformed++;
                }
            }
        }
    }

    private void label(int name, byte[] buf, int from, int to) {
        if (name == Metrics.RATE_LIMIT) {
            rateLimit = Math.max(rateLimit, Ascii.parseLong(buf, from, to));
        } else if ((name == Metrics.ERRNO || name == Metrics.LAST_ERRNO) && Ascii.parseLong(buf, from, to) > 0) {
            values.name(EventValues.ERROR, names.idOf(buf, from, to));
        }
    }

    private Unit unit(int name) {
        if (name >= units.length) {
            units = Arrays.copyOf(units, name * 2);
        }
        if (units[name] == null) {
            units[name] = Metrics.unit(metricNames.name(name));
        }
        return units[name];
    }

    private void people(SlowEvent event, ClassStats stats) {
        if (event.hasUser) {
            boolean named = event.hostTo > event.hostFrom;
            values.name(EventValues.USER, names.idOf(event.buf, event.userFrom, event.userTo));
            values.name(EventValues.HOST, named
                    ? names.idOf(event.buf, event.hostFrom, event.hostTo)
                    : names.idOf(event.buf, event.ipFrom, event.ipTo));
        }
        if (event.database == SlowEvent.Database.INHERITED) {
            if (stats.inheritsDatabase()) {
                inheriting.add(stats);
            }
        } else if (event.dbBuf != null && event.dbTo > event.dbFrom) {
            values.name(EventValues.DATABASE, names.idOf(event.dbBuf, event.dbFrom, event.dbTo));
        }
    }
}
