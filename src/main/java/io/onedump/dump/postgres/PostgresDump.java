package io.onedump.dump.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.OpenConnections;
import io.onedump.artifact.ProducedSource;
import io.onedump.artifact.ShortList;
import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.database.postgres.LargeObjects;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;
import io.onedump.dump.format.FrameWriter;
import org.slf4j.Logger;

/** Dumps a PostgreSQL database by connections of our own, all in one snapshot, with the schema as pg_dump has it. */
public final class PostgresDump implements ProducedSource.Producer {

    private static final Logger LOG = CleanLog.of(PostgresDump.class);
    private static final int NAMED = 5;

    private final Threads threads;
    private final PgSettings settings;
    private final PgSelection selection;
    private final int parallel;
    private final Integer level;
    private final String tool;
    private final Ddl ddl;
    private final Consumer<String> tell;
    private final Map<String, String> attributes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final OpenConnections<PgSession> open = new OpenConnections<>("the dump");

    /**
     * @param parallel at most so many connections read
     * @param level    of zstd, null for the default
     * @param tool     our name and version
     * @param ddl      null where no schema is selected
     * @param tell     for what the dump lacks
     */
    public PostgresDump(Threads threads, PgSettings settings, PgSelection selection, int parallel, Integer level,
            String tool, Ddl ddl, Consumer<String> tell) {
        this.threads = threads;
        this.settings = settings;
        this.selection = selection;
        this.parallel = parallel;
        this.level = level;
        this.tool = tool;
        this.ddl = ddl;
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
        if (ddl != null) {
            ddl.close();
        }
        open.close();
    }

    private PgSession connect() throws IOException {
        return open.add(PgServer.open(settings));
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        PgSession first = connect();
        PgServer server = PgServer.of(first);
        ExportedSnapshot snapshot = ExportedSnapshot.take(first, server, selection);
        List<PgSession> sessions = new ArrayList<>(List.of(first));
        for (int i = 1; i < parallel && selection.data(); i++) {
            PgSession session = connect();
            snapshot.join(session);
            sessions.add(session);
        }
        write(out, server, snapshot, sessions);
        for (PgSession session : sessions) {
            session.close();
        }
    }

    private void write(OutputStream out, PgServer server, ExportedSnapshot snapshot, List<PgSession> sessions)
            throws IOException {
        PgSession first = sessions.get(0);
        PgCatalog catalog = new PgCatalog(first, server);
        FrameWriter frames = new FrameWriter(out, level);
        List<DumpIndex.Part> parts = new ArrayList<>();
        describe(server, snapshot, sessions.size());
        part(parts, Kind.HEAD, frames.frame(server.head(tool, snapshot.started(), sessions.size(),
                snapshot.position())));
        Dependencies dependencies = Dependencies.read(first);
        SchemaParts schema = new SchemaParts(frames, parts, snapshot.relations(), dependencies);
        Set<Long> wanted = snapshot.taken().stream().map(PgCatalog.Relation::key).collect(Collectors.toSet());
        boolean largeObjects = selection.values() && selection.tables().isEmpty() && LargeObjects.exist(first);
        Future<String> after = null;
        if (selection.schema()) {
            after = threads.call("dump " + settings.address() + " schema",
                    () -> ddl.read("post-data", snapshot.id(), snapshot.patterns()));
            schema.before(chosen(schema, read("pre-data", snapshot), wanted));
            if (largeObjects) {
                new LargeObjectWriter(frames).objects(first, parts);
            }
        }
        List<PgTable> rows = tables(catalog, server, snapshot);
        int own = rows.size() - (int) rows.stream()
                .filter(table -> snapshot.configurations().containsKey(table.relation())).count();
        readRows(sessions, frames, new PageRanges(rows.subList(0, own), sessions.size(), server.readsRanges()));
        // Extensions make their tables with references between them, so that their order counts.
        readRows(List.of(first), frames, new PageRanges(rows.subList(own, rows.size()), 1, false));
        List<DumpIndex.Table> tables = new ArrayList<>(rows.stream().map(PgTable::entry).toList());
        if (largeObjects && selection.data()) {
            tables.add(new LargeObjectWriter(frames).write(first));
        }
        if (selection.values()) {
            sequenceValues(first, server, frames, parts, snapshot, dependencies);
        }
        if (after != null) {
            schema.after(chosen(schema, SchemaText.of(text(after)), wanted));
        }
        part(parts, Kind.TAIL, frames.frame("RESET ALL;\n-- Dump completed on "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n"));
        DumpIndex index = new DumpIndex(new DumpIndex.Origin(tool, "postgres", server.versionText(),
                snapshot.started().truncatedTo(ChronoUnit.SECONDS).toString(), "exported", sessions.size(),
                snapshot.position(), null, List.of(settings.database()), false), parts, tables);
        frames.finish(index);
        attributes.put("tables", String.valueOf(index.tables().size()));
        attributes.put("rows", String.valueOf(index.rows()));
        LOG.info("{}: dumped {} tables, {} rows, {} bytes of SQL, by {} connections", settings.address(),
                index.tables().size(), index.rows(), frames.plainBytes(), sessions.size());
    }

    /** By all connections; the first failure ends all. */
    private void readRows(List<PgSession> sessions, FrameWriter frames, PageRanges ranges) throws IOException {
        Together.run(threads, "dump " + settings.address(), sessions, session -> {
            try (CopyWriter writer = new CopyWriter(frames)) {
                for (PageRanges.Chunk chunk = ranges.next(); chunk != null; chunk = ranges.next()) {
                    read(session, chunk, writer);
                }
            }
        }, () -> {
            ranges.end();
            close();
        });
    }

    private static void read(PgSession session, PageRanges.Chunk chunk, CopyWriter writer) throws IOException {
        PgTable table = chunk.table();
        writer.write(session.copyOut(table.query(chunk.range()), "reading " + table.relation()), table,
                chunk.number());
    }

    private static void part(List<DumpIndex.Part> parts, Kind kind, int frame) {
        parts.add(new DumpIndex.Part(kind, null, null, null, frame));
    }

    private List<SchemaEntry> read(String section, ExportedSnapshot snapshot) throws IOException {
        return SchemaText.of(ddl.read(section, snapshot.id(), snapshot.patterns()));
    }

    private static String text(Future<String> text) throws IOException {
        try {
            return text.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while dumping", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause().toString(), e.getCause());
        }
    }

    private List<SchemaEntry> chosen(SchemaParts schema, List<SchemaEntry> entries, Set<Long> wanted) {
        return selection.tables().isEmpty() ? schema.without(entries, wanted) : schema.choice(entries, wanted);
    }

    /** With their columns, also those of extensions that hold a user's own rows. */
    private List<PgTable> tables(PgCatalog catalog, PgServer server, ExportedSnapshot snapshot) throws IOException {
        Map<Long, List<String>> columns = catalog.columns();
        Map<Long, PgTable> tables = new LinkedHashMap<>();
        List<String> unlogged = new ArrayList<>();
        for (PgCatalog.Relation relation : snapshot.taken()) {
            boolean there = isThere(relation, server);
            if (!there) {
                unlogged.add(relation.toString());
            }
            if (relation.hasRows()) {
                String where = selection.where(relation.schema(), relation.name());
                tables.put(relation.oid(), new PgTable(relation, columns.getOrDefault(relation.oid(), List.of()),
                        where == null ? "" : where, selection.data() && there));
            }
        }
        if (selection.tables().isEmpty()) {
            snapshot.configurations().forEach((relation, condition) -> {
                if (relation.hasRows() && !excluded(relation)) {
                    tables.put(relation.oid(), new PgTable(relation, columns.getOrDefault(relation.oid(), List.of()),
                            condition.replaceFirst("(?i)^\\s*WHERE\\s+", ""), selection.data()));
                }
            });
        }
        tellWhatIsMissing(snapshot, unlogged);
        return List.copyOf(tables.values());
    }

    private static boolean isThere(PgCatalog.Relation relation, PgServer server) {
        return relation.logged() || !server.standby();
    }

    private boolean excluded(PgCatalog.Relation relation) {
        return !selection.takes(relation.schema(), relation.name());
    }

    /** Later than the snapshot, since a sequence knows no transactions: no value comes twice. */
    private void sequenceValues(PgSession session, PgServer server, FrameWriter frames, List<DumpIndex.Part> parts,
            ExportedSnapshot snapshot, Dependencies dependencies) throws IOException {
        Map<Long, PgCatalog.Relation> byKey = new HashMap<>();
        snapshot.relations().forEach(relation -> byKey.put(relation.key(), relation));
        Set<Long> taken = new HashSet<>();
        snapshot.taken().forEach(relation -> taken.add(relation.key()));
        List<PgCatalog.Relation> sequences = new ArrayList<>(snapshot.relations().stream()
                .filter(relation -> relation.kind() == 'S' && isThere(relation, server))
                .filter(relation -> taken.contains(relation.key())
                        || taken.contains(dependencies.owner(relation.key())))
                .toList());
        if (selection.tables().isEmpty()) {
            snapshot.configurations().keySet().stream().filter(relation -> relation.kind() == 'S')
                    .forEach(sequences::add);
        }
        for (PgCatalog.Relation sequence : sequences) {
            String name = PgSql.name(sequence.schema(), sequence.name());
            List<String> state = session.query("SELECT last_value, is_called FROM " + name).get(0);
            PgCatalog.Relation owner = byKey.get(dependencies.owner(sequence.key()));
            parts.add(new DumpIndex.Part(Kind.SEQUENCE_VALUE, sequence.schema(), sequence.name(),
                    owner == null ? null : owner.name(),
                    frames.frame("SELECT pg_catalog.setval(" + PgSql.text(name) + ", " + state.get(0) + ", "
                            + (state.get(1).equals("t") ? "true" : "false") + ");\n")));
        }
    }

    private void describe(PgServer server, ExportedSnapshot snapshot, int connections) {
        attributes.put("tool", tool);
        attributes.put("server", "postgres " + server.versionText());
        attributes.put("databases", settings.database());
        attributes.put("snapshot", "exported connections=" + connections);
        attributes.put("position", snapshot.position());
    }

    private void tellWhatIsMissing(ExportedSnapshot snapshot, List<String> unlogged) {
        List<String> foreign = snapshot.taken().stream().filter(relation -> relation.kind() == 'f')
                .map(PgCatalog.Relation::toString).toList();
        if (selection.data() && !foreign.isEmpty()) {
            tell.accept("foreign tables are dumped without their rows, which are elsewhere: "
                    + ShortList.of(foreign, NAMED));
        }
        if (selection.data() && !unlogged.isEmpty()) {
            tell.accept("a standby has nothing of unlogged tables and sequences, so they are dumped empty: "
                    + ShortList.of(unlogged, NAMED));
        }
        if (!snapshot.readers().isEmpty()) {
            tell.accept("views that read what is left out are left out too: "
                    + ShortList.of(snapshot.readers().stream().map(PgCatalog.Relation::toString).toList(), NAMED));
        }
    }
}
