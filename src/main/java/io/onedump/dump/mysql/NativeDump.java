package io.onedump.dump.mysql;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.ProducedSource;
import io.onedump.artifact.ShortList;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;
import org.slf4j.Logger;

/** Dumps a MySQL or MariaDB server by connections of our own, all in one snapshot. */
public final class NativeDump implements ProducedSource.Producer {

    private static final Logger LOG = CleanLog.of(NativeDump.class);
    private static final int MOST_BEGINNINGS = 5;
    private static final int NAMED = 5;

    private final Threads threads;
    private final MySqlSettings settings;
    private final Selection selection;
    private final int parallel;
    private final Integer level;
    private final String tool;
    private final Consumer<String> tell;
    private final Map<String, String> attributes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<MySqlSession> open = new ArrayList<>();
    private boolean closed;

    /**
     * @param parallel at most so many connections read
     * @param level    of zstd, null for the default
     * @param tool     our name and version
     * @param tell     for what the dump lacks
     */
    public NativeDump(Threads threads, MySqlSettings settings, Selection selection, int parallel, Integer level,
            String tool, Consumer<String> tell) {
        this.threads = threads;
        this.settings = settings;
        this.selection = selection;
        this.parallel = parallel;
        this.level = level;
        this.tool = tool;
        this.tell = tell;
    }

    @Override
    public Map<String, String> attributes() {
        synchronized (attributes) {
            return new LinkedHashMap<>(attributes);
        }
    }

    @Override
    public void close() {
        List<MySqlSession> sessions;
        synchronized (open) {
            closed = true;
            sessions = List.copyOf(open);
        }
        for (MySqlSession session : sessions) {
            try {
                session.close();
            } catch (IOException e) {
                LOG.debug("closing a connection to {}: {}", settings.address(), e.toString());
            }
        }
    }

    private MySqlSession connect() throws IOException {
        MySqlSession session = Server.open(settings);
        synchronized (open) {
            open.add(session);
            if (!closed) {
                return session;
            }
        }
        session.close();
        throw new IOException("the dump was stopped before its end");
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Instant started;
        List<Catalog.Database> databases;
        Server server;
        Snapshot snapshot;
        for (int beginning = 1;; beginning++) {
            List<MySqlSession> sessions = new ArrayList<>();
            sessions.add(connect());
            server = Server.of(settings, sessions.get(0));
            List<Catalog.Database> before = new Catalog(sessions.get(0), selection, server).databases();
            checkDatabase(before);
            for (int i = 1; i < parallel && selection.data(); i++) {
                sessions.add(connect());
            }
            snapshot = new SnapshotOpener(server, sessions,
                    before.stream().flatMap(database -> database.tables().stream()).toList()).open();
            started = Instant.now();
            boolean touched = touch(snapshot, before);
            databases = new Catalog(snapshot.first(), selection, server).databases();
            if (touched && same(before, databases)) {
                break;
            }
            snapshot.close();
            if (beginning == MOST_BEGINNINGS) {
                throw new IOException("tables were changed or locked (ALTER, DROP, LOCK TABLES) while the snapshot was"
                        + " taken, " + MOST_BEGINNINGS + " times in a row; dump when that is over");
            }
        }
        write(out, server, snapshot, databases, started);
        snapshot.close();
    }

    private void checkDatabase(List<Catalog.Database> databases) throws IOException {
        if (databases.isEmpty() && selection.database() != null) {
            throw new IOException("there is no database '" + selection.database()
                    + "', the account may not see it, or none of its tables is chosen");
        }
    }

    /**
     * From now on whoever wants to change a table waits until the dump has ended. Each connection has to have read it,
     * since one that comes later would wait for him in turn.
     *
     * @return whether none was changed since the snapshot, or is about to be
     */
    private static boolean touch(Snapshot snapshot, List<Catalog.Database> databases) throws IOException {
        for (Catalog.Database database : databases) {
            for (TablePlan table : database.tables()) {
                try {
                    MySqlSession.together(snapshot.sessions(),
                            "SELECT 1 FROM " + Sql.name(table.database(), table.name()) + " LIMIT 1");
                } catch (MySqlException e) {
                    if (CHANGED.contains(e.code())) {
                        LOG.debug("{} is being changed: {}", table, e.serverMessage());
                        return false;
                    }
                    throw e;
                }
            }
        }
        return true;
    }

    /** ER_TABLE_DEF_CHANGED, ER_NO_SUCH_TABLE and ER_LOCK_WAIT_TIMEOUT. */
    private static final List<Integer> CHANGED = List.of(1412, 1146, 1205);

    private static boolean same(List<Catalog.Database> one, List<Catalog.Database> other) {
        return described(one).equals(described(other));
    }

    private static List<String> described(List<Catalog.Database> databases) {
        List<String> all = new ArrayList<>();
        for (Catalog.Database database : databases) {
            all.add(database.name() + " " + database.characterSet() + " " + database.collation());
            database.tables().forEach(table -> all.add(table + " " + Catalog.settled(table)));
        }
        return all;
    }

    private void write(OutputStream out, Server server, Snapshot snapshot, List<Catalog.Database> databases,
            Instant started) throws IOException {
        FrameWriter frames = new FrameWriter(out, level);
        List<DumpIndex.Part> parts = new ArrayList<>();
        MySqlSession first = snapshot.first();
        tellWhatIsMissing(databases);
        boolean history = databases.stream().flatMap(database -> database.tables().stream())
                .anyMatch(TablePlan::history);
        describe(server, snapshot, databases);
        part(parts, DumpIndex.Kind.HEAD, null, null,
                frames.frame(DumpText.head(server, snapshot, tool, started, history)));
        List<Accounts.Account> accounts = selection.accounts() ? new Accounts(first, server).read() : List.of();
        for (Accounts.Account account : accounts) {
            part(parts, DumpIndex.Kind.ACCOUNT, null, account.name(), frames.frame(account.create()));
        }
        List<SchemaObjects.Statements> after = new ArrayList<>();
        if (selection.schema()) {
            SchemaObjects objects = new SchemaObjects(first, server, selection, tell);
            for (Catalog.Database database : databases) {
                new DatabaseParts(first, frames, selection, parts).before(database);
                after.addAll(objects.after(database));
            }
        }
        List<TableRows> rows = databases.stream().flatMap(database -> database.tables().stream())
                .map(TableRows::new).toList();
        new RowReaders(threads, settings.address(), frames, this::close).read(snapshot, rows);
        if (selection.schema()) {
            for (Catalog.Database database : databases) {
                new DatabaseParts(first, frames, selection, parts).sequenceValues(database);
            }
        }
        for (SchemaObjects.Statements object : after) {
            parts.add(new DumpIndex.Part(object.kind(), object.database(), object.name(), object.table(),
                    frames.frame(object.sql())));
        }
        for (Accounts.Account account : accounts) {
            part(parts, DumpIndex.Kind.GRANT, null, account.name(), frames.frame(account.grants()));
        }
        part(parts, DumpIndex.Kind.TAIL, null, null, frames.frame(DumpText.tail(Instant.now(), history)));
        DumpIndex index = new DumpIndex(new DumpIndex.Origin(tool, server.family(), server.versionText(),
                started.truncatedTo(ChronoUnit.SECONDS).toString(), snapshot.method(), snapshot.sessions().size(),
                snapshot.position(), snapshot.gtid(), databases.stream().map(Catalog.Database::name).toList(),
                selection.named()), parts, rows.stream().map(TableRows::entry).toList());
        frames.finish(index);
        attributes.put("tables", String.valueOf(index.tables().size()));
        attributes.put("rows", String.valueOf(index.rows()));
        LOG.info("{}: dumped {} tables, {} rows, {} bytes of SQL, snapshot {} by {} connections", settings.address(),
                index.tables().size(), index.rows(), frames.plainBytes(), snapshot.method(),
                snapshot.sessions().size());
    }

    static void part(List<DumpIndex.Part> parts, DumpIndex.Kind kind, String database, String name, int frame) {
        parts.add(new DumpIndex.Part(kind, database, name, null, frame));
    }

    private void describe(Server server, Snapshot snapshot, List<Catalog.Database> databases) {
        attributes.put("tool", tool);
        attributes.put("server", server.family() + " " + server.versionText());
        attributes.put("databases", String.join(",", databases.stream().map(Catalog.Database::name).toList()));
        attributes.put("snapshot", snapshot.method() + " connections=" + snapshot.sessions().size());
        if (snapshot.position() != null) {
            attributes.put("position", snapshot.position());
        }
        if (snapshot.gtid() != null) {
            attributes.put("gtid", snapshot.gtid());
        }
    }

    private void tellWhatIsMissing(List<Catalog.Database> databases) {
        List<TablePlan> tables = databases.stream().flatMap(database -> database.tables().stream()).toList();
        List<String> loose = tables.stream().filter(table -> table.rows()
                && !List.of("InnoDB", "ROCKSDB", "TokuDB").contains(table.engine())).map(TablePlan::toString).toList();
        if (!loose.isEmpty()) {
            tell.accept("tables without transactions are as they were when they were read, not as at the snapshot: "
                    + ShortList.of(loose, NAMED));
        }
        List<String> versioned = databases.stream().flatMap(database -> database.versioned().stream()).toList();
        if (!versioned.isEmpty() && selection.data()) {
            tell.accept("only the present rows of system-versioned tables are dumped, not their history: "
                    + ShortList.of(versioned, NAMED) + "; it takes MariaDB 10.11 or newer, and a history by time");
        }
        List<String> none = tables.stream().filter(table -> selection.data() && !table.rows())
                .map(TablePlan::toString).toList();
        if (!none.isEmpty()) {
            tell.accept(
                    "tables that only refer to rows elsewhere are dumped without rows: " + ShortList.of(none, NAMED));
        }
    }
}
