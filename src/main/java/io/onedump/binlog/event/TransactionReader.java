package io.onedump.binlog.event;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the events of a file together to transactions. Each begins with a GTID event, as MySQL from 5.7 and MariaDB from
 * 10.0 on write one whether or not GTIDs are in use.
 */
public final class TransactionReader implements Closeable {

    /** Events that belong to the file and not to a transaction. */
    private static final Set<Integer> OF_THE_FILE =
            Set.of(EventType.FORMAT_DESCRIPTION, EventType.ROTATE, EventType.STOP,
                    EventType.PREVIOUS_GTIDS, EventType.MARIADB_GTID_LIST, EventType.MARIADB_CHECKPOINT,
                    EventType.MARIADB_ENCRYPTION);

    private final EventReader events;
    private final boolean details;
    private boolean pending;
    private boolean ended;

    /** @param details whether tables and statements are of interest */
    public TransactionReader(EventReader events, boolean details) {
        this.events = events;
        this.details = details;
    }

    /**
     * @return the next transaction, or null at the end of the file
     * @throws CorruptBinlogException when the file is broken
     */
    public LoggedTransaction next() throws IOException {
        while (pending || !ended && advance()) {
            pending = false;
            if (EventType.beginsTransaction(events.type())) {
                return read();
            }
            if (!OF_THE_FILE.contains(events.type())) {
                throw new IOException("an event of type " + events.type() + " at " + events.offset()
                        + " belongs to no transaction: servers before MySQL 5.7 and MariaDB 10.0 are not supported");
            }
        }
        return null;
    }

    private LoggedTransaction read() throws IOException {
        long start = events.offset();
        TransactionStart begin = TransactionStart.of(events);
        Set<Long> servers = new HashSet<>();
        Set<String> tables = new LinkedHashSet<>();
        List<LoggedTransaction.Statement> statements = new ArrayList<>();
        EventContent content = new EventContent(tables, statements);
        XaStep xa = null;
        boolean rows;
        boolean loads = false;
        long end;
        long tail;
        do {
            servers.add(EventHeader.serverId(events.bytes(), events.at()));
            if (details) {
                content.read(events.bytes(), events.at(), events.kept(), events.isKeptWhole());
            }
            XaStep step = XaStep.of(events);
            xa = step == null ? xa : step;
            rows = events.type() == EventType.XID;
            loads |= events.type() == EventType.EXECUTE_LOAD_QUERY;
            tail = events.offset();
            end = events.end();
            pending = advance();
        } while (pending && !EventType.beginsTransaction(events.type()) && !OF_THE_FILE.contains(events.type()));
        return new LoggedTransaction(start, end, tail, begin, servers, tables, statements, content.changes(),
                content.comments(), xa, rows, loads);
    }

    private boolean advance() throws IOException {
        ended = !events.next();
        return !ended;
    }

    @Override
    public void close() throws IOException {
        events.close();
    }
}
