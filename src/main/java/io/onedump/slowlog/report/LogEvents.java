package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.Carry;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.parse.EventHandler;
import io.onedump.slowlog.parse.LogHealth;
import io.onedump.slowlog.parse.LogReader;
import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.parse.SlowLogParser;
import io.onedump.slowlog.text.Names;

/** Writes the events of logs as JSON, one object a line, in the order of the logs. */
public final class LogEvents {

    private LogEvents() {
    }

    /**
     * Writes every event of one log.
     *
     * @param filter   which events; a filter for times needs events that tell theirs
     * @param withText false to write fingerprints in place of statements
     * @return what could be read and what could not
     */
    public static LogHealth write(LogInput log, OutputStream out, EventFilter filter, boolean withText)
            throws IOException {
        Names names = new Names(Metrics.registry());
        EventsWriter writer = new EventsWriter(out, log.name(), names.registry(), withText);
        EventHandler taken = event -> {
            if (filter.takes(event)) {
                writer.event(event);
            }
        };
        SlowLogParser parser = new SlowLogParser(names, Carry.atStart(), taken);
        try (InputStream in = log.open(0)) {
            new LogReader(parser).read(in, 0, false);
        } finally {
            writer.flush();
        }
        return LogHealth.of(parser.health());
    }
}
