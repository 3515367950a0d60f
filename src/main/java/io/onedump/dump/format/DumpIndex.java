package io.onedump.dump.format;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is in a native dump and where: the JSON at its end.
 *
 * @param parts  everything but rows, in the order in which it has to be loaded: {@link Kind} says when the rows come
 * @param tables in the order of their names
 */
public record DumpIndex(Origin origin, List<Part> parts, List<Table> tables) {

    public DumpIndex {
        parts = List.copyOf(parts);
        tables = List.copyOf(tables);
    }

    public Optional<Table> table(String database, String name) {
        return tables.stream().filter(table -> table.database().equals(database) && table.name().equals(name))
                .findFirst();
    }

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    /**
     * Where a dump comes from.
     *
     * @param tool        who made it, with its version
     * @param family      {@code mysql}, {@code mariadb} or {@code postgres}
     * @param server      its version, as it says it
     * @param started     when its snapshot was taken, ISO 8601 in UTC
     * @param snapshot    how: docs/format.md lists the words
     * @param connections how many saw it
     * @param position    of the snapshot in the binary log, {@code file:offset}; null when it is not known
     * @param gtid        the same in GTIDs; null when it is not known
     * @param databases   those of which it has something
     * @param named       whether the dump makes its databases, and each frame of a database's own begins with its USE;
     *                    else what it holds goes into whichever database is there
     */
    public record Origin(String tool, String family, String server, String started, String snapshot, int connections,
            String position, String gtid, List<String> databases, boolean named) {

        public Origin {
            databases = List.copyOf(databases);
        }
    }

    /** What a part is. Those up to {@link #TABLE} come before the rows, the others after them. */
    public enum Kind {

        /** Settings of the session, first in every dump. */
        HEAD,
        /** CREATE USER or CREATE ROLE. */
        ACCOUNT,
        /** CREATE DATABASE, or the defaults of the one that is there. */
        DATABASE,
        /** Of PostgreSQL, what comes before the rows and is neither sequence nor table: schemas, types, views. */
        PRE_DATA,
        SEQUENCE,
        TABLE,
        /** A sequence's next value. */
        SEQUENCE_VALUE,
        /** Of PostgreSQL, what a table gets when its rows are there. */
        INDEX,
        /** Of PostgreSQL, a constraint with an index. */
        CONSTRAINT,
        TRIGGER,
        PACKAGE,
        PACKAGE_BODY,
        FUNCTION,
        PROCEDURE,
        VIEW,
        EVENT,
        /** What accounts may do. */
        GRANT,
        /** Of PostgreSQL, all else that comes after the rows: references to other tables, triggers, policies. */
        POST_DATA,
        /** The settings as they were before, and the line that proves the end. */
        TAIL;

        /** Whether it has to be loaded before the rows. */
        public boolean beforeRows() {
            return compareTo(TABLE) <= 0;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * One object's statements, alone in their frame.
     *
     * @param database null for what belongs to no database
     * @param name     null where there is none
     * @param table    to which it belongs, of the same database; null for other kinds
     * @param frame    the frame's number
     * @param needs    numbers of frames with what it refers to, for what is told of it
     */
    public record Part(Kind kind, String database, String name, String table, int frame, List<Integer> needs) {

        public Part {
            needs = List.copyOf(needs);
        }

        /** Of which nothing is told. */
        public Part(Kind kind, String database, String name, String table, int frame) {
            this(kind, database, name, table, frame, List.of());
        }
    }

    /**
     * A table with its rows.
     *
     * @param engine  the storage engine
     * @param columns those that the rows' statements name, in their order
     * @param select  what stands between SELECT and FROM to read those columns exactly as the row digest wants them
     * @param from    what stands behind FROM and the table's name to read all rows that were dumped, such as
     *                {@code FOR SYSTEM_TIME ALL} or {@code WHERE …}; may be empty
     * @param rows    how many
     * @param digest  the sum of the {@link Xxh64} of each row, modulo 2^64
     * @param pieces  its rows' frames, in the order of its key
     */
    public record Table(String database, String name, String engine, List<String> columns, String select, String from,
            long rows, long digest, List<Piece> pieces) {

        public Table {
            columns = List.copyOf(columns);
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A frame with rows of one table.
     *
     * @param frame the frame's number
     * @param chunk the range of the key, from 0 in the order of the key, that one query read; within it frames are in
     *              the order in which they were read
     * @param rows  how many
     */
    public record Piece(int frame, int chunk, long rows) {
    }
}
