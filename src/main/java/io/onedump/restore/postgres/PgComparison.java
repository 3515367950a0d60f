package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.artifact.OpenConnections;
import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.database.postgres.CopyRows;
import io.onedump.database.postgres.LargeObjects;
import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.PgSql;
import io.onedump.database.postgres.SessionSettings;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Xxh64;
import io.onedump.restore.choice.RestoreListener;

/** Reads tables back and compares their rows and row digests with those that the dump's snapshot saw. */
final class PgComparison {

    private static final long PART = 64L << 20;
    private static final int TID_RANGES = 140000;
    private static final String NO_SUCH_TABLE = "42P01";

    private final Threads threads;
    private final PgSettings settings;
    private final PgPlan plan;
    private final int parallel;
    private final RestoreListener listener;
    private final Deque<Part> queue = new ArrayDeque<>();
    private final List<String> different = new ArrayList<>();
    private int compared;

    /** What was read of a table until now. */
    private static final class Sum {
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong digest = new AtomicLong();
        private int left;
    }

    /** @param range a condition, or empty */
    private record Part(DumpIndex.Table table, String range, Sum sum) {
    }

    PgComparison(Threads threads, PgSettings settings, PgPlan plan, int parallel, RestoreListener listener) {
        this.threads = threads;
        this.settings = settings;
        this.plan = plan;
        this.parallel = parallel;
        this.listener = listener;
    }

    /** The tables that are not as they were dumped, each with what differs. */
    List<String> run() throws IOException {
        if (plan.tables().isEmpty()) {
            return List.of();
        }
        List<PgSession> sessions = new ArrayList<>();
        try {
            sessions.add(open(settings));
            enqueue(sessions.get(0));
            while (sessions.size() < Math.min(parallel, queue.size())) {
                sessions.add(open(settings));
            }
            Together.run(threads, "compare " + settings.address(), sessions, this::compareAll, () -> stop(sessions));
        } finally {
            for (PgSession session : sessions) {
                session.close();
            }
        }
        return different.stream().sorted().toList();
    }

    private void stop(List<PgSession> sessions) {
        synchronized (this) {
            queue.clear();
        }
        OpenConnections.closeAll(sessions);
    }

    /** A session that reads values as the dump's did. */
    static PgSession open(PgSettings settings) throws IOException {
        PgSession session = PgSession.connect(settings);
        try {
            session.query(SessionSettings.EXACT);
            session.query(SessionSettings.PATIENT);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Large tables in ranges of their pages, where the server finds them. */
    private void enqueue(PgSession session) throws IOException {
        boolean ranges = Integer.parseInt(session.value("SHOW server_version_num")) >= TID_RANGES;
        Map<String, Long> pages = new HashMap<>();
        if (ranges && parallel > 1) {
            for (List<String> row : session.query("SELECT n.nspname, c.relname, pg_catalog.pg_relation_size(c.oid)"
                    + " / pg_catalog.current_setting('block_size')::int FROM pg_catalog.pg_class c JOIN"
                    + " pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_am a ON a.oid ="
                    + " c.relam WHERE c.relkind = 'r' AND a.amname = 'heap'")) {
                pages.put(PgPlan.key(row.get(0), row.get(1)), row.get(2) == null ? 0 : Long.parseLong(row.get(2)));
            }
        }
        for (DumpIndex.Table table : plan.tables().stream()
                .sorted(Comparator.comparingLong((DumpIndex.Table table) -> plan.file().bytes(table)).reversed())
                .toList()) {
            long parts = Math.max(1, plan.file().bytes(table) / PART);
            long all = pages.getOrDefault(PgPlan.key(table.database(), table.name()), 0L);
            long step = Math.max(1, (all + parts - 1) / parts);
            Sum sum = new Sum();
            for (long from = 0; from == 0 || from < all; from += step) {
                boolean last = from + step >= all;
                sum.left++;
                queue.add(new Part(table, PgSql.pages(from, last ? Long.MAX_VALUE : from + step), sum));
            }
        }
    }

    private void compareAll(PgSession session) throws IOException {
        for (Part part = next(); part != null; part = next()) {
            String missing = null;
            try {
                read(session, part.table(), part.range(), part.sum());
            } catch (PgException e) {
                if (!e.state().equals(NO_SUCH_TABLE)) {
                    throw e;
                }
                missing = "it is not there";
            }
            synchronized (this) {
                if (--part.sum().left == 0) {
                    String difference = missing != null ? missing : difference(part.table(), part.sum());
                    if (difference != null) {
                        different.add(part.table().database() + "." + part.table().name() + ": " + difference);
                    }
                    listener.doing("compared " + ++compared + " of " + plan.tables().size() + " tables");
                }
            }
        }
    }

    private synchronized Part next() {
        return queue.poll();
    }

    /** What differs, or null. */
    static String difference(PgSession session, DumpIndex.Table table) throws IOException {
        Sum sum = new Sum();
        read(session, table, "", sum);
        return difference(table, sum);
    }

    private static String difference(DumpIndex.Table table, Sum sum) {
        long rows = sum.rows.get();
        if (rows != table.rows()) {
            return rows + " rows in place of " + table.rows();
        }
        return sum.digest.get() == table.digest()
                ? null
                : String.format("%d rows as dumped, but with other values: digest %016x in place of %016x", rows,
                        sum.digest.get(), table.digest());
    }

    private static void read(PgSession session, DumpIndex.Table table, String range, Sum sum) throws IOException {
        if (PgPlan.isLargeObjects(table)) {
            new LargeObjects(session, (object, place, row, from, digits, end) -> {
                sum.rows.incrementAndGet();
                sum.digest.addAndGet(Xxh64.hash(row, from, end - from));
            }).read();
            return;
        }
        String from = table.from() + (range.isEmpty() ? "" : (table.from().isEmpty() ? "WHERE " : " AND ") + range);
        CopyRows rows = session.copyOut("COPY (SELECT " + table.select() + " FROM ONLY "
                + PgSql.name(table.database(), table.name()) + " " + from + ") TO STDOUT",
                "comparing " + table.database() + "." + table.name());
        long count = 0;
        long digest = 0;
        while (rows.next()) {
            digest += hash(rows);
            count++;
        }
        sum.rows.addAndGet(count);
        sum.digest.addAndGet(digest);
    }

    private static long hash(CopyRows row) throws IOException {
        if (row.last()) {
            return Xxh64.hash(row.buffer(), row.offset(), row.limit() - row.offset() - 1);
        }
        Xxh64 hash = new Xxh64();
        while (!row.last()) {
            hash.update(row.buffer(), row.offset(), row.limit() - row.offset());
            row.more();
        }
        hash.update(row.buffer(), row.offset(), row.limit() - row.offset() - 1);
        return hash.value();
    }
}
