package io.onedump.dump.mysql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.RowStream;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Xxh64;

/** A table's rows as a number and a digest, computed as docs/format.md says, one part after the other. */
public record Exact(long rows, long digest) {

    public static MySqlSession session(MySqlSettings settings) throws IOException {
        return Server.open(settings);
    }

    public static Exact digest(MySqlSession session, DumpIndex.Table table) throws IOException {
        RowStream rows = session.stream("SELECT " + table.select() + " FROM "
                + Sql.name(table.database(), table.name()) + " " + table.from(), table.name());
        long count = 0;
        long sum = 0;
        while (rows.next()) {
            Xxh64 hash = new Xxh64();
            hash.update(rows.buffer(), rows.offset(), rows.limit() - rows.offset());
            while (!rows.last()) {
                rows.more();
                hash.update(rows.buffer(), rows.offset(), rows.limit() - rows.offset());
            }
            sum += hash.value();
            count++;
        }
        return new Exact(count, sum);
    }

    public static List<String> text(Connection connection, String database) throws SQLException {
        return ExactText.of(connection, database);
    }
}
