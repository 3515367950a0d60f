package io.onedump.restore.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.Nearest;
import io.onedump.artifact.ShortList;
import io.onedump.database.TableGlob;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.rows.DumpPlan;

/** What of a dump's frames is loaded: the choice, held against the table index. */
final class PgPlan extends DumpPlan {

    static final String LARGE_OBJECTS = "large-objects";

    private static final int SHOWN = 5;

    private final String head;
    private final Map<Integer, DumpIndex.Part> byFrame = new HashMap<>();
    private final Set<String> relations = new LinkedHashSet<>();
    private final List<DumpIndex.Part> before = new ArrayList<>();
    private final List<DumpIndex.Part> indexes = new ArrayList<>();
    private final List<DumpIndex.Part> after = new ArrayList<>();
    private final List<DumpIndex.Part> values = new ArrayList<>();

    /** @throws RestoreException when the dump does not have what is wanted, or it cannot be had */
    PgPlan(DumpFile file, RestoreChoice choice, String database) throws IOException {
        super(file, choice);
        refuse(choice, database);
        DumpIndex index = file.index();
        this.head = new String(firstPart(), StandardCharsets.UTF_8);
        index.parts().forEach(part -> byFrame.put(part.frame(), part));
        chooseRelations(index);
        index.tables().stream().filter(table -> isLargeObjects(table)
                ? !choice.isOfTables()
                : !choice.isOfTables() || relations.contains(key(table.database(), table.name()))).forEach(this::add);
        chooseParts(index);
    }

    private static void refuse(RestoreChoice choice, String database) throws RestoreException {
        if (database == null) {
            throw new RestoreException("the target's DSN names no database, and a dump of PostgreSQL makes none: create"
                    + " one and name it");
        }
        if (!choice.databases().isEmpty() || choice.into() != null) {
            throw new RestoreException(
                    "a dump of PostgreSQL is of one database, and goes into the one that the target's"
                            + " DSN names: leave --database and --into-database out, and choose with --table"
                            + " schema.table");
        }
        if (choice.definer() != null && !choice.definer().isEmpty()) {
            throw new RestoreException(
                    "--definer is for MySQL and MariaDB; --without-definers leaves PostgreSQL's owners"
                            + " and grants out, so that all belongs to who restores");
        }
    }

    static String key(String schema, String name) {
        return schema + "\0" + name;
    }

    static boolean isLargeObjects(DumpIndex.Table table) {
        return table.engine().equals(LARGE_OBJECTS);
    }

    /** Its own name, or that of the relation to which it belongs; null for neither. */
    static String relation(DumpIndex.Part part) {
        boolean self = part.table() == null && (part.kind() == Kind.TABLE || part.kind() == Kind.SEQUENCE
                || part.kind() == Kind.SEQUENCE_VALUE);
        String name = self ? part.name() : part.table();
        return name == null ? null : key(part.database(), name);
    }

    /** A partition that is wanted for the sake of the table that it is one of. */
    private void chooseRelations(DumpIndex index) throws RestoreException {
        Set<String> all = new LinkedHashSet<>();
        index.parts().stream().map(PgPlan::relation).filter(name -> name != null).forEach(all::add);
        index.tables().stream().filter(table -> !isLargeObjects(table))
                .forEach(table -> all.add(key(table.database(), table.name())));
        index.parts().stream().filter(part -> part.kind() == Kind.SEQUENCE)
                .forEach(part -> all.add(key(part.database(), part.name())));
        List<String> names = all.stream().map(name -> name.replace('\0', '.')).toList();
        for (String glob : choice().tables()) {
            if (all.stream().noneMatch(name -> matches(glob, name))) {
                throw new RestoreException("the dump has no table '" + glob + "'; it has "
                        + ShortList.of(Nearest.first(glob, names), SHOWN));
            }
        }
        all.stream().filter(name -> !choice().isOfTables()
                || choice().tables().stream().anyMatch(glob -> matches(glob, name))).forEach(relations::add);
        for (boolean more = true; more;) {
            more = false;
            for (DumpIndex.Part part : index.parts()) {
                if (part.kind() == Kind.PRE_DATA && part.name().startsWith("TABLE ATTACH ")) {
                    List<String> both = part.needs().stream().map(frame -> relation(byFrame.get(frame))).toList();
                    String partition = key(part.database(), part.name().substring("TABLE ATTACH ".length()));
                    more |= both.stream().anyMatch(name -> !name.equals(partition) && relations.contains(name))
                            && both.contains(partition) && relations.add(partition);
                }
            }
        }
    }

    private static boolean matches(String glob, String name) {
        int zero = name.indexOf('\0');
        return TableGlob.matches(glob, name.substring(0, zero), name.substring(zero + 1));
    }

    private void chooseParts(DumpIndex index) {
        Set<Integer> taken = new HashSet<>();
        for (DumpIndex.Part part : index.parts()) {
            if (isWanted(part)) {
                taken.add(part.frame());
                if (choice().isOfTables()) {
                    needed(part, taken);
                }
            }
        }
        for (DumpIndex.Part part : index.parts()) {
            boolean attaches = part.name() != null && part.name().matches("(?s)(TABLE|INDEX) ATTACH .*");
            boolean remark = choice().isOfTables() && !part.needs().isEmpty() && (attaches || isRemark(part))
                    && (part.table() == null || attaches);
            if (remark) {
                // It says something of others: with all of them it comes, without one it does not.
                if (taken.containsAll(part.needs()) && isWantedKind(part)) {
                    taken.add(part.frame());
                } else {
                    taken.remove(part.frame());
                }
            }
        }
        index.parts().stream().filter(part -> taken.contains(part.frame())).forEach(this::sort);
    }

    static boolean isRemark(DumpIndex.Part part) {
        return part.kind() == Kind.PRE_DATA && part.name().matches("(?s)(COMMENT|ACL|SECURITY LABEL) .*");
    }

    private boolean isWanted(DumpIndex.Part part) {
        if (!isWantedKind(part)) {
            return false;
        }
        String relation = relation(part);
        boolean own = part.kind() == Kind.SEQUENCE || part.kind() == Kind.SEQUENCE_VALUE;
        return !choice().isOfTables() || relation != null && relations.contains(relation)
                || own && relations.contains(key(part.database(), part.name()));
    }

    private boolean isWantedKind(DumpIndex.Part part) {
        if (part.kind() == Kind.HEAD || part.kind() == Kind.TAIL) {
            return false;
        }
        if (part.kind() == Kind.SEQUENCE_VALUE) {
            return choice().data();
        }
        if (isOfLargeObjects(part)) {
            return choice().data() && !choice().isOfTables();
        }
        return choice().schema() && !(isWithoutOwners() && part.name().matches("(?s)((DEFAULT )?ACL|USER MAPPING) .*"))
                && (choice().data() || !part.name().startsWith("MATERIALIZED VIEW DATA "));
    }

    static boolean isOfLargeObjects(DumpIndex.Part part) {
        return part.kind() == Kind.PRE_DATA && part.name().equals("LARGE OBJECTS");
    }

    boolean isWithoutOwners() {
        return choice().definer() != null;
    }

    /** Types, functions, schemas; but not other tables, which nobody has asked for. */
    private void needed(DumpIndex.Part part, Set<Integer> taken) {
        for (int frame : part.needs()) {
            DumpIndex.Part other = byFrame.get(frame);
            if (other != null && relation(other) == null && taken.add(frame)) {
                needed(other, taken);
            }
        }
    }

    private void sort(DumpIndex.Part part) {
        DumpIndex.Kind kind = part.kind();
        if (kind == DumpIndex.Kind.INDEX || kind == DumpIndex.Kind.CONSTRAINT) {
            indexes.add(part);
        } else if (kind == DumpIndex.Kind.SEQUENCE_VALUE) {
            values.add(part);
        } else {
            (kind == DumpIndex.Kind.POST_DATA ? after : before).add(part);
        }
    }

    /** Whether what the rows go into is of the dump, and not what is there. */
    boolean makesTables() {
        return choice().schema() && file().index().parts().stream()
                .anyMatch(part -> part.kind() == Kind.TABLE || part.kind() == Kind.PRE_DATA);
    }

    /** Tables with rows that an extension makes; in the order of the dump, since they refer to others before them. */
    List<DumpIndex.Table> ofExtensions() {
        Set<String> made = new HashSet<>();
        file().index().parts().stream().filter(part -> part.kind() == Kind.TABLE)
                .forEach(part -> made.add(key(part.database(), part.name())));
        return tables().stream().filter(table -> makesTables() && !isLargeObjects(table)
                && !made.contains(key(table.database(), table.name()))).toList();
    }

    /** Whether it is there for the sake of a wanted table only, so that what is there already will do. */
    boolean isSupport(DumpIndex.Part part) {
        return choice().isOfTables() && relation(part) == null;
    }

    String text(DumpIndex.Part part) throws IOException {
        return new String(sql(part), StandardCharsets.UTF_8);
    }

    /** Statements with which every session begins. */
    String head() {
        return head;
    }

    DumpIndex.Part part(int frame) {
        return byFrame.get(frame);
    }

    List<DumpIndex.Part> before() {
        return before;
    }

    /** Indexes and the constraints that have one. */
    List<DumpIndex.Part> indexes() {
        return indexes;
    }

    List<DumpIndex.Part> after() {
        return after;
    }

    List<DumpIndex.Part> values() {
        return values;
    }

    /** The same for the same parts of the same dump. */
    String identity() {
        return identity(choice().inWords());
    }

    /** Such as {@code TABLE public.customers}. */
    static String what(DumpIndex.Part part) {
        if (part.kind() == DumpIndex.Kind.TABLE || part.kind() == DumpIndex.Kind.SEQUENCE) {
            return part.kind() + " " + part.database() + "." + part.name();
        }
        return part.name().strip() + (part.database() == null ? "" : " of schema " + part.database());
    }
}
