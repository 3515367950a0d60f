package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.onedump.artifact.ShortList;
import io.onedump.restore.choice.RestoreException;

/** Removes what has the names of what comes back, and sees to it that nothing else goes with it. */
final class PgReplacing {

    private static final int SHOWN = 5;
    private static final String OURS = " AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    /** Tables and the like, with what belongs to them and may be needed by nobody else. */
    private static final String RELATIONS = "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM"
            + " pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE (c.relkind IN"
            + " ('r', 'p', 'v', 'm', 'f') OR c.relkind = 'S' AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE"
            + " d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " AND d.refclassid = d.classid))" + OURS;
    /** What others have that may refer to them: the relation first. */
    private static final String PARTS = "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), p.what FROM (SELECT"
            + " conrelid AS oid, 'constraint ' || conname AS what FROM pg_catalog.pg_constraint WHERE contype = 'f'"
            + " UNION ALL SELECT tgrelid, 'trigger ' || tgname FROM pg_catalog.pg_trigger WHERE NOT tgisinternal"
            + " UNION ALL SELECT attrelid, 'column ' || attname FROM pg_catalog.pg_attribute WHERE attnum > 0 AND NOT"
            + " attisdropped UNION ALL SELECT adrelid, 'default ' || adnum FROM pg_catalog.pg_attrdef UNION ALL SELECT"
            + " polrelid, 'policy ' || polname FROM pg_catalog.pg_policy) p JOIN pg_catalog.pg_class c ON c.oid = p.oid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            + OURS;
    private static final String ROUTINES = "SELECT pg_catalog.format('routine %s', p.oid::pg_catalog.regprocedure)"
            + " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE NOT EXISTS"
            + " (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass"
            + " AND d.objid = p.oid AND d.deptype IN ('i', 'e'))" + OURS;

    private PgReplacing() {
    }

    /**
     * In the transaction that is open.
     *
     * @throws RestoreException when others need what would go
     */
    static void run(PgTarget target, PgState state) throws IOException {
        Set<String> relations = names(target, RELATIONS);
        Set<String> routines = names(target, ROUTINES);
        List<List<String>> parts = target.query(PARTS);
        for (String drop : state.drops()) {
            target.run(drop, "replacing what is there");
        }
        Set<String> others = new TreeSet<>();
        relations.removeAll(names(target, RELATIONS));
        for (String relation : relations) {
            if (state.drops().stream().noneMatch(drop -> names(drop, relation))) {
                others.add(relation);
            }
        }
        Set<List<String>> now = Set.copyOf(target.query(PARTS));
        for (List<String> part : parts) {
            if (!now.contains(part) && !relations.contains(part.get(0))) {
                others.add(part.get(1) + " of " + part.get(0));
            }
        }
        routines.removeAll(names(target, ROUTINES));
        routines.stream().filter(routine -> state.drops().stream().noneMatch(drop -> isRoutine(drop, routine)))
                .forEach(others::add);
        if (!others.isEmpty()) {
            throw new RestoreException("replacing what the dump has would also remove " + ShortList.of(others, SHOWN)
                    + ", which the restore would not bring back: remove it first, or restore into another database");
        }
    }

    /** Both quote names where they have to, or everywhere. */
    private static boolean names(String drop, String relation) {
        return drop.replace("\"", "").contains(" " + relation.replace("\"", "") + " ");
    }

    private static boolean isRoutine(String drop, String routine) {
        String name = routine.substring("routine ".length());
        String plain = name.substring(0, name.indexOf('('));
        return drop.matches("(?s)DROP (FUNCTION|PROCEDURE|AGGREGATE) .*") && drop.contains(" " + plain + "(");
    }

    private static Set<String> names(PgTarget target, String query) throws IOException {
        Set<String> names = new TreeSet<>();
        target.query(query).forEach(row -> names.add(row.get(0)));
        return names;
    }
}
