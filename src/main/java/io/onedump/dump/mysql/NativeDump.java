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
import io.onedump.artifact.OpenConnections;
import io.onedump.artifact.ProducedSource;
import io.onedump.artifact.ShortList;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;
import org.slf4j.Logger;

/** Dumps a MySQL or MariaDB server by connections of our own, all in one snapshot. */
public final class NativeDump implements ProducedSource.Producer {

    private static final Logger LOG = CleanLog.of(NativeDump.class);
    private static final int NAMED = 5;

    private final Threads threads;
    private final MySqlSettings settings;
    private final Selection selection;
    private final int parallel;
    private final Integer level;
    private final String tool;
    private final Consumer<String> tell;
    private final Map<String, String> attributes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final OpenConnections<MySqlSession> open = new OpenConnections<>("the dump");
    private String only;

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

    /** Takes the snapshot in this one way, whichever others are open. */
    NativeDump by(String method) {
        only = method;
        return this;
    }

    @Override
    public Map<String, String> attributes() {
        synchronized (attributes) {
            return new LinkedHashMap<>(attributes);
        }
    }

    @Override
    public void close() {
        open.close();
    }

    private MySqlSession connect() throws IOException {
        return open.add(Server.open(settings));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (Opening.Opened opened =
                new Opening(settings, selection, parallel, this::connect, only, tell).open()) {
            write(out, opened);
        }
    }

    private void write(OutputStream out, Opening.Opened opened) throws IOException {
        Server server = opened.server();
        Snapshot snapshot = opened.snapshot();
        List<Catalog.Database> databases = opened.databases();
        FrameWriter frames = new FrameWriter(out, level);
        List<DumpIndex.Part> parts = new ArrayList<>();
        MySqlSession first = snapshot.first();
        tellWhatIsMissing(databases);
        boolean history = databases.stream().flatMap(database -> database.tables().stream())
                .anyMatch(TablePlan::history);
        describe(server, snapshot, databases);
        part(parts, DumpIndex.Kind.HEAD, null, null,
                frames.frame(DumpText.head(server, snapshot, tool, opened.started(), history)));
        List<Accounts.Account> accounts = selection.accounts() ? new Accounts(first, server).read() : List.of();
        for (Accounts.Account account : accounts) {
            part(parts, DumpIndex.Kind.ACCOUNT, null, account.name(), frames.frame(account.create()));
        }
        if (selection.schema()) {
            for (Catalog.Database database : databases) {
                new DatabaseParts(first, frames, selection, parts).before(database);
            }
        }
        opened.guard().close();
        List<TableRows> rows = databases.stream().flatMap(database -> database.tables().stream())
                .map(TableRows::new).toList();
        new RowReaders(threads, settings.address(), frames, this::close).read(snapshot, rows);
        if (selection.schema()) {
            for (Catalog.Database database : databases) {
                new DatabaseParts(first, frames, selection, parts).sequenceValues(database);
            }
        }
        for (SchemaObjects.Statements object : opened.objects()) {
            parts.add(new DumpIndex.Part(object.kind(), object.database(), object.name(), object.table(),
                    frames.frame(object.sql())));
        }
        for (Accounts.Account account : accounts) {
            part(parts, DumpIndex.Kind.GRANT, null, account.name(), frames.frame(account.grants()));
        }
        part(parts, DumpIndex.Kind.TAIL, null, null, frames.frame(DumpText.tail(Instant.now(), history)));
        DumpIndex index = new DumpIndex(new DumpIndex.Origin(tool, server.family(), server.versionText(),
                opened.started().truncatedTo(ChronoUnit.SECONDS).toString(), snapshot.method(),
                snapshot.sessions().size(), snapshot.position(), snapshot.gtid(),
                databases.stream().map(Catalog.Database::name).toList(), selection.named()), parts,
                rows.stream().map(TableRows::entry).toList());
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
        if (server.id() != null) {
            attributes.put("server-id", server.id());
        }
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
        List<String> loose = tables.stream().filter(TablePlan::isLoose).map(TablePlan::toString).toList();
        if (!loose.isEmpty() && !selection.lockLoose()) {
            tell.accept("tables without transactions are as they were when they were read, not as at the snapshot: "
                    + ShortList.of(loose, NAMED) + "; lockNonTransactional=true keeps writers off meanwhile");
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
