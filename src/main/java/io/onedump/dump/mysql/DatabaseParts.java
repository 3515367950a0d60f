package io.onedump.dump.mysql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;

/** Writes a database itself, its sequences and its tables without rows. */
record DatabaseParts(MySqlSession session, FrameWriter frames, Selection selection, List<DumpIndex.Part> parts) {

    void before(Catalog.Database database) throws IOException {
        NativeDump.part(parts, DumpIndex.Kind.DATABASE, database.name(), database.name(),
                frames.frame(create(database)));
        for (String sequence : database.sequences()) {
            byte[] create = session.bytes("SHOW CREATE SEQUENCE " + Sql.name(database.name(), sequence)).get(0)[1];
            NativeDump.part(parts, DumpIndex.Kind.SEQUENCE, database.name(), sequence,
                    frames.frame(statements(database, "DROP SEQUENCE IF EXISTS " + Sql.name(sequence), create)));
        }
        for (TablePlan table : database.tables()) {
            NativeDump.part(parts, DumpIndex.Kind.TABLE, database.name(), table.name(), frames.frame(
                    statements(database, "DROP TABLE IF EXISTS " + Sql.name(table.name()), table.create())));
        }
    }

    /** The database, or the defaults of the one into which the dump goes. */
    private String create(Catalog.Database database) throws IOException {
        if (!selection.named()) {
            return "ALTER DATABASE CHARACTER SET " + database.characterSet() + " COLLATE " + database.collation()
                    + ";\n";
        }
        return Row.only(session.query("SHOW CREATE DATABASE IF NOT EXISTS " + Sql.name(database.name()))).get(1)
                + ";\n";
    }

    /** Later than the snapshot, since a sequence knows no transactions: no value comes twice. */
    void sequenceValues(Catalog.Database database) throws IOException {
        for (String sequence : database.sequences()) {
            Row state = session.query("SELECT next_not_cached_value, cycle_count FROM "
                    + Sql.name(database.name(), sequence)).get(0);
            NativeDump.part(parts, DumpIndex.Kind.SEQUENCE_VALUE, database.name(), sequence, frames.frame(
                    use(database) + "DO SETVAL(" + Sql.name(sequence) + ", " + state.get(0) + ", 0, " + state.get(1)
                            + ");\n"));
        }
    }

    private byte[] statements(Catalog.Database database, String drop, byte[] create) {
        ByteArrayOutputStream sql = new ByteArrayOutputStream();
        sql.writeBytes((use(database) + drop + ";\n").getBytes(StandardCharsets.UTF_8));
        sql.writeBytes(create);
        sql.writeBytes(";\n".getBytes(StandardCharsets.UTF_8));
        return sql.toByteArray();
    }

    private String use(Catalog.Database database) {
        return selection.named() ? "USE " + Sql.name(database.name()) + ";\n" : "";
    }
}
