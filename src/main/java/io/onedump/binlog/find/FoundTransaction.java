package io.onedump.binlog.find;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.RowChanges;

/** A transaction and the file that it is in. */
public record FoundTransaction(int timeline, BinlogName file, LoggedTransaction transaction) {

    private static final int LONGEST = 100;
    private static final int MOST_STATEMENTS = 20;

    /** One of whichever timeline. */
    public FoundTransaction(BinlogName file, LoggedTransaction transaction) {
        this(0, file, transaction);
    }

    /** One line: time, position, GTID, size, tables with what was done to their rows, the first statement. */
    @Override
    public String toString() {
        String sql = texts().findFirst().orElse("");
        String line = transaction.begin().time() + "  " + position() + "-" + transaction.end() + "  "
                + (transaction.begin().gtid().isEmpty() ? "-" : transaction.begin().gtid()) + "  " + transaction.size()
                + " bytes  " + CleanText.of(transaction.tables().stream().sorted().map(this::changed)
                        .collect(Collectors.joining(", ")))
                + "  " + (sql.length() > LONGEST ? sql.substring(0, LONGEST) + "…" : sql);
        return line.stripTrailing();
    }

    /** Where it begins: what a restore is to end before. */
    public String position() {
        return file + ":" + transaction.start();
    }

    private String changed(String table) {
        RowChanges changes = transaction.changes().get(table);
        return changes == null || changes.toString().isEmpty() ? table : table + " (" + changes + ")";
    }

    /** Statements first, then those that row changes come from; without passwords. */
    private Stream<String> texts() {
        return Stream.concat(transaction.statements().stream().map(LoggedTransaction.Statement::sql),
                transaction.comments().stream()).map(sql -> StatementText.of(sql).replaceAll(" +", " "));
    }

    /** The same as one line of JSON. */
    public String json() {
        List<String> statements = texts().limit(MOST_STATEMENTS).toList();
        return Json.line(json -> {
            json.writeStringField("time", transaction.begin().time().toString());
            json.writeNumberField("timeline", timeline);
            json.writeStringField("position", position());
            json.writeStringField("file", file.toString());
            json.writeNumberField("start", transaction.start());
            json.writeNumberField("end", transaction.end());
            json.writeStringField("gtid", transaction.begin().gtid());
            json.writeNumberField("bytes", transaction.size());
            json.writeArrayFieldStart("tables");
            for (String table : transaction.tables().stream().sorted().toList()) {
                json.writeStartObject();
                json.writeStringField("table", CleanText.of(table));
                RowChanges changes = transaction.changes().get(table);
                if (changes != null) {
                    json.writeNumberField("inserted", changes.inserted());
                    json.writeNumberField("updated", changes.updated());
                    json.writeNumberField("deleted", changes.deleted());
                }
                json.writeBooleanField("exact", changes == null || changes.exact());
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.strings(json, "statements", statements);
        });
    }
}
