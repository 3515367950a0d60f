package io.onedump.binlog.find;

import io.onedump.artifact.CleanText;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.LoggedTransaction;

/** A transaction and the file that it is in. */
public record FoundTransaction(BinlogName file, LoggedTransaction transaction) {

    private static final int LONGEST = 100;

    /** One line: time, position, GTID, size, tables, the first statement. */
    @Override
    public String toString() {
        String sql =
                transaction.statements().isEmpty()
                        ? ""
                        : StatementText.of(transaction.statements().get(0).sql()).replaceAll(" +", " ");
        String line = transaction.begin().time() + "  " + file + ":" + transaction.start() + "-" + transaction.end()
                + "  "
                + (transaction.begin().gtid().isEmpty() ? "-" : transaction.begin().gtid()) + "  " + transaction.size()
                + " bytes  "
                + CleanText.of(String.join(",", transaction.tables().stream().sorted().toList())) + "  "
                + (sql.length() > LONGEST ? sql.substring(0, LONGEST) + "…" : sql);
        return line.stripTrailing();
    }
}
