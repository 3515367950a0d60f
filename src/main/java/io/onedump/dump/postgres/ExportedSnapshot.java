package io.onedump.dump.postgres;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSql;

/**
 * A moment that any number of sessions see, for as long as the one that took it stays in its transaction. The tables
 * are locked before it, so that nobody truncates or changes one that is read in it.
 *
 * @param position  of the write-ahead log, right after
 * @param relations all that are there
 * @param taken     those that are dumped
 * @param readers   views that are not, since they read what is not
 * @param patterns  all that are not, as pg_dump takes them
 */
record ExportedSnapshot(String id, Instant started, String position, List<PgCatalog.Relation> relations,
        List<PgCatalog.Relation> taken, List<PgCatalog.Relation> readers,
        Map<PgCatalog.Relation, String> configurations, List<String> patterns) {

    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final int MOST_BEGINNINGS = 5;
    private static final int LOCKED_AT_ONCE = 200;
    /** A program's arguments may not be longer; what is left out then is dropped from what it wrote. */
    private static final int LONGEST_PATTERNS = 1 << 20;

    private record Taken(List<PgCatalog.Relation> relations, List<PgCatalog.Relation> taken,
            List<PgCatalog.Relation> readers, Map<PgCatalog.Relation, String> configurations) {

        List<PgCatalog.Relation> locked() {
            List<PgCatalog.Relation> locked = new ArrayList<>(taken);
            locked.addAll(configurations.keySet());
            return locked.stream().filter(PgCatalog.Relation::isLockable).toList();
        }

        Set<String> names() {
            return locked().stream().map(relation -> relation.oid() + " " + relation).collect(Collectors.toSet());
        }
    }

    static ExportedSnapshot take(PgSession session, PgServer server, PgSelection selection) throws IOException {
        PgCatalog catalog = new PgCatalog(session, server);
        for (int beginning = 1;; beginning++) {
            Taken before = look(catalog, selection);
            session.query(BEGIN);
            if (lock(session, before.locked())) {
                String id = session.value("SELECT pg_catalog.pg_export_snapshot()");
                Instant started = Instant.now();
                String position = session.value("SELECT " + (server.standby()
                        ? "pg_catalog.pg_last_wal_replay_lsn()"
                        : "pg_catalog.pg_current_wal_lsn()"));
                Taken after = look(catalog, selection);
                // What has come meanwhile is not locked.
                if (before.names().containsAll(after.names())) {
                    return new ExportedSnapshot(id, started, position, after.relations(), after.taken(),
                            after.readers(), after.configurations(), patterns(after));
                }
            }
            session.query("ROLLBACK");
            if (beginning == MOST_BEGINNINGS) {
                throw new IOException("tables were made or dropped while the snapshot was taken, " + MOST_BEGINNINGS
                        + " times in a row; dump when that is over");
            }
        }
    }

    private static Taken look(PgCatalog catalog, PgSelection selection) throws IOException {
        List<PgCatalog.Relation> relations = catalog.relations();
        List<PgCatalog.Relation> left =
                relations.stream().filter(relation -> !selection.takes(relation.schema(), relation.name())).toList();
        // With a choice of tables nobody expects a view that was not chosen.
        Set<Long> out = new HashSet<>(left.stream().map(PgCatalog.Relation::oid).toList());
        List<Long> readers = selection.tables().isEmpty() ? catalog.readers(left) : List.of();
        List<PgCatalog.Relation> reading = relations.stream()
                .filter(relation -> readers.contains(relation.oid()) && !out.contains(relation.oid())).toList();
        out.addAll(readers);
        if (!selection.tables().isEmpty()) {
            partitions(catalog, selection, relations, out);
        }
        return new Taken(relations, relations.stream().filter(relation -> !out.contains(relation.oid())).toList(),
                reading, catalog.configurations());
    }

    /** Who wants a partitioned table wants its rows, unless he leaves a partition out. */
    private static void partitions(PgCatalog catalog, PgSelection selection, List<PgCatalog.Relation> relations,
            Set<Long> out) throws IOException {
        Set<Long> in = relations.stream().map(PgCatalog.Relation::oid).filter(oid -> !out.contains(oid))
                .collect(Collectors.toSet());
        Set<Long> with = catalog.withPartitions(in);
        relations.stream().filter(relation -> with.contains(relation.oid())
                && !selection.excludes(relation.schema(), relation.name())).forEach(relation -> out.remove(
                        relation
                                .oid()));
    }

    /** @return false when one of them is gone */
    private static boolean lock(PgSession session, List<PgCatalog.Relation> tables) throws IOException {
        try {
            for (int from = 0; from < tables.size(); from += LOCKED_AT_ONCE) {
                session.query("LOCK TABLE " + tables.subList(from, Math.min(tables.size(), from + LOCKED_AT_ONCE))
                        .stream().map(table -> "ONLY " + PgSql.name(table.schema(), table.name()))
                        .collect(Collectors.joining(", ")) + " IN ACCESS SHARE MODE", "locking tables");
            }
            return true;
        } catch (PgException e) {
            if (e.state().equals("42P01") || e.state().equals("3F000")) {
                return false;
            }
            throw e;
        }
    }

    private static List<String> patterns(Taken taken) {
        Set<PgCatalog.Relation> in = new HashSet<>(taken.taken());
        List<String> patterns = taken.relations().stream().filter(relation -> !in.contains(relation))
                .map(relation -> PgSql.name(relation.schema(), relation.name())).toList();
        return patterns.stream().mapToInt(pattern -> pattern.length() + 20).sum() > LONGEST_PATTERNS
                ? List.of()
                : patterns;
    }

    /** Has another session see the same. */
    void join(PgSession session) throws IOException {
        session.query(BEGIN);
        session.query("SET TRANSACTION SNAPSHOT " + PgSql.text(id));
    }
}
