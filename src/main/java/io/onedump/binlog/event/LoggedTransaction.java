package io.onedump.binlog.event;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A transaction, or a statement outside of any, as a binlog file holds it.
 *
 * @param start      where its first event begins
 * @param end        where its last event ends
 * @param tail       where its last event begins
 * @param begin      GTID and time
 * @param servers    ids of the servers that its events come from
 * @param tables     {@code database.table} of the row changes; empty unless asked for
 * @param statements in SQL, without BEGIN and COMMIT; empty unless asked for
 * @param changes    of rows, by table; empty unless asked for
 * @param comments   statements that row changes come from, where the server logs them; empty unless asked for
 * @param xa         the step of a distributed transaction that it is, or null
 * @param rows       whether it ends as changes of rows do, by the commit of a storage engine
 * @param loads      whether rows come from a file that the log has too, as {@code LOAD DATA} in statement format does
 */
public record LoggedTransaction(
        long start, long end, long tail, TransactionStart begin, Set<Long> servers, Set<String> tables,
        List<Statement> statements, Map<String, RowChanges> changes, List<String> comments,
        XaStep xa, boolean rows, boolean loads) {

    public LoggedTransaction {
        servers = Set.copyOf(servers);
        tables = Set.copyOf(tables);
        statements = List.copyOf(statements);
        changes = Map.copyOf(changes);
        comments = List.copyOf(comments);
    }

    /** A plain one of whose rows nothing is known. */
    public LoggedTransaction(long start, long end, long tail, TransactionStart begin, Set<Long> servers,
            Set<String> tables, List<Statement> statements) {
        this(start, end, tail, begin, servers, tables, statements, Map.of(), List.of(), null, false, false);
    }

    public long size() {
        return end - start;
    }

    /** A statement and the database it was said in, which may be empty. */
    public record Statement(String database, String sql) {
    }
}
