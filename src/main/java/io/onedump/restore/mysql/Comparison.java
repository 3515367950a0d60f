package io.onedump.restore.mysql;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import io.onedump.artifact.OpenConnections;
import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.RowStream;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Xxh64;
import io.onedump.restore.choice.RestoreListener;

/** Reads tables back and compares their rows and row digests with those that the dump's snapshot saw. */
final class Comparison {

    /** What docs/format.md demands of a session that reads for a row digest, and time for large tables. */
    private static final List<String> EXACT = List.of(
            "SET SESSION character_set_results = NULL, time_zone = '+00:00', sql_mode = ''",
            "SET SESSION wait_timeout = 86400, net_write_timeout = 86400, sql_select_limit = 18446744073709551615",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    private static final List<String> SOMEWHERE = List.of("SET SESSION max_execution_time = 0",
            "SET SESSION max_statement_time = 0", "SET SESSION system_versioning_asof = DEFAULT");

    private final Threads threads;
    private final MySqlSettings settings;
    private final NativePlan plan;
    private final int parallel;
    private final RestoreListener listener;
    private final Deque<DumpIndex.Table> queue = new ArrayDeque<>();
    private final List<String> different = new ArrayList<>();
    private int compared;

    Comparison(Threads threads, MySqlSettings settings, NativePlan plan, int parallel, RestoreListener listener) {
        this.threads = threads;
        this.settings = settings;
        this.plan = plan;
        this.parallel = parallel;
        this.listener = listener;
    }

    /** The tables that are not as they were dumped, each with what differs. */
    List<String> run() throws IOException {
        List<DumpIndex.Table> tables = plan.tables();
        tables.stream().sorted(Comparator.comparingLong((DumpIndex.Table table) -> plan.file().bytes(table)).reversed())
                .forEach(queue::add);
        List<MySqlSession> sessions = new ArrayList<>();
        try {
            while (sessions.size() < Math.min(parallel, tables.size())) {
                MySqlSession session = MySqlSession.connect(settings.withReadTimeout(Duration.ZERO));
                sessions.add(session);
                setUp(session);
            }
            if (!sessions.isEmpty()) {
                Together.run(threads, "compare " + settings.address(), sessions, this::compareAll,
                        () -> stop(sessions));
            }
        } finally {
            for (MySqlSession session : sessions) {
                session.close();
            }
        }
        return different.stream().sorted().toList();
    }

    private void compareAll(MySqlSession session) throws IOException {
        for (DumpIndex.Table table = next(); table != null; table = next()) {
            String difference = difference(session, table);
            synchronized (this) {
                if (difference != null) {
                    different.add(table.database() + "." + table.name() + ": " + difference);
                }
                listener.doing("compared " + ++compared + " of " + plan.tables().size() + " tables");
            }
        }
    }

    private void stop(List<MySqlSession> sessions) {
        synchronized (this) {
            queue.clear();
        }
        OpenConnections.closeAll(sessions);
    }

    private synchronized DumpIndex.Table next() {
        return queue.poll();
    }

    /** A session that reads values as the dump's did. */
    static void setUp(MySqlSession session) throws IOException {
        for (String statement : EXACT) {
            session.query(statement);
        }
        for (String statement : SOMEWHERE) {
            try {
                session.query(statement);
            } catch (MySqlException e) {
                // The other family has it.
            }
        }
    }

    /** What differs, or null. */
    String difference(MySqlSession session, DumpIndex.Table table) throws IOException {
        long rows = 0;
        long digest = 0;
        // A table of another engine may have been dumped without rows.
        if (table.pieces().isEmpty() && table.columns().isEmpty()) {
            return null;
        }
        RowStream stream = session.stream("SELECT " + table.select() + " FROM "
                + Sql.name(plan.targets().get(table.database()), table.name()) + " " + table.from(),
                "comparing " + table.database() + "." + table.name());
        while (stream.next()) {
            digest += hash(stream);
            rows++;
        }
        if (rows != table.rows()) {
            return rows + " rows in place of " + table.rows();
        }
        return digest == table.digest()
                ? null
                : String.format("%d rows as dumped, but with other values: digest %016x in place of %016x", rows,
                        digest, table.digest());
    }

    private static long hash(RowStream row) throws IOException {
        if (row.last()) {
            return Xxh64.hash(row.buffer(), row.offset(), row.limit() - row.offset());
        }
        Xxh64 hash = new Xxh64();
        hash.update(row.buffer(), row.offset(), row.limit() - row.offset());
        while (!row.last()) {
            row.more();
            hash.update(row.buffer(), row.offset(), row.limit() - row.offset());
        }
        return hash.value();
    }
}
