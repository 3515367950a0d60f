package io.onedump.restore.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.rows.RowLoads;

/** Loads tables' rows by one connection, and builds all keys that a table was made without by one statement. */
final class TableLoader implements RowLoads.Loader<DumpIndex.Table> {

    /** ER_DUP_KEYNAME. */
    private static final int DUPLICATE_KEY_NAME = 1061;
    private static final int MOST_ATTEMPTS = 200;

    private final TargetSession target;
    private final Map<String, String> databases;
    private final Map<DumpIndex.Table, TableDefinition> deferred;
    private final FrameLoader frames;

    /** @param deferred the tables that were made without their keys */
    TableLoader(TargetSession target, NativePlan plan, Journal journal,
            Map<DumpIndex.Table, TableDefinition> deferred) {
        this.target = target;
        this.databases = plan.targets();
        this.deferred = deferred;
        this.frames = new FrameLoader(target, plan.file(), journal);
    }

    @Override
    public void load(DumpIndex.Table table, DumpIndex.Piece piece) throws IOException {
        frames.load(table, piece, databases.get(table.database()));
    }

    @Override
    public void build(DumpIndex.Table table) throws IOException {
        String database = databases.get(table.database());
        target.use(database);
        List<String> additions = deferred.get(table).additions(there(database, table));
        for (int attempt = 1; !additions.isEmpty(); attempt++) {
            byte[] sql = ("ALTER TABLE " + Names.bytes(Sql.name(table.name())) + " " + additions.get(0))
                    .getBytes(StandardCharsets.ISO_8859_1);
            try {
                target.run(sql, 0, sql.length, "keys of table " + table.database() + "." + table.name());
                additions = additions.subList(1, additions.size());
            } catch (MySqlException e) {
                // A restore that broke off may still build it on the server, which finishes what it has begun.
                if (e.code() != DUPLICATE_KEY_NAME || attempt > MOST_ATTEMPTS) {
                    throw e;
                }
                additions = deferred.get(table).additions(there(database, table));
            }
        }
    }

    /** The names of the keys that it has. */
    private List<String> there(String database, DumpIndex.Table table) throws IOException {
        List<String> there = new ArrayList<>();
        for (Row row : target.query("SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema"
                + " = " + Sql.text(database) + " AND table_name = " + Sql.text(table.name()))) {
            there.add(Names.bytes(row.get(0)));
        }
        return there;
    }
}
