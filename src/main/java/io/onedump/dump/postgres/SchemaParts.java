package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;
import io.onedump.dump.format.FrameWriter;

/** Writes what pg_dump says of the schema, an object in each frame, and remembers what belongs to what. */
final class SchemaParts {

    private static final int MOST_OBJECTS = 1 << 20;

    private final FrameWriter frames;
    private final List<DumpIndex.Part> parts;
    private final Map<Long, PgCatalog.Relation> relations = new HashMap<>();
    private final Map<Long, Long> owners;
    /** The frames of objects by pg_dump's number for them, which is the same in both sections. */
    private final Map<Integer, Integer> written = new HashMap<>();
    private final Map<Integer, DumpIndex.Part> byId = new HashMap<>();

    SchemaParts(FrameWriter frames, List<DumpIndex.Part> parts, List<PgCatalog.Relation> relations,
            Map<Long, Long> owners) {
        this.frames = frames;
        this.parts = parts;
        this.owners = owners;
        relations.forEach(relation -> this.relations.put(relation.oid(), relation));
    }

    /** All but what is not wanted, where pg_dump was not told of it. */
    List<SchemaEntry> without(List<SchemaEntry> entries, Set<Long> wanted) {
        return entries.stream().filter(entry -> owner(entry) == null || wanted.contains(owner(entry))).toList();
    }

    /**
     * Only what a choice of tables takes with it: those tables, what belongs to them, and what they cannot be without.
     *
     * @param wanted the tables, views and sequences
     */
    List<SchemaEntry> choice(List<SchemaEntry> entries, Set<Long> wanted, boolean before) {
        Map<Integer, SchemaEntry> all = new HashMap<>();
        entries.forEach(entry -> all.put(entry.id(), entry));
        Set<Integer> taken = new LinkedHashSet<>();
        for (SchemaEntry entry : entries) {
            Long owner = owner(entry);
            if (owner != null && wanted.contains(owner) && !entry.isRemark()) {
                taken.add(entry.id());
                if (before) {
                    needed(entry, all, taken);
                }
            }
        }
        Set<Integer> there = new HashSet<>(taken);
        there.addAll(written.keySet());
        for (SchemaEntry entry : entries) {
            if (entry.isRemark() && !entry.needs().isEmpty() && there.containsAll(entry.needs())) {
                taken.add(entry.id());
            }
        }
        return entries.stream().filter(entry -> taken.contains(entry.id())).toList();
    }

    /** Types, functions, schemas; but not other tables, which nobody has asked for. */
    private void needed(SchemaEntry entry, Map<Integer, SchemaEntry> all, Set<Integer> taken) {
        for (int id : entry.needs()) {
            SchemaEntry other = all.get(id);
            if (other != null && !relations.containsKey(other.oid()) && taken.add(id)) {
                needed(other, all, taken);
            }
        }
    }

    /** The relation that it is, or to which it belongs; null for none. */
    private Long owner(SchemaEntry entry) {
        if (entry.oid() == 0) {
            return null;
        }
        Long owner = owners.get(entry.oid());
        return owner != null ? owner : relations.containsKey(entry.oid()) ? Long.valueOf(entry.oid()) : null;
    }

    void before(List<SchemaEntry> entries) throws IOException {
        StringBuilder objects = new StringBuilder();
        for (SchemaEntry entry : entries) {
            if (entry.isLargeObject()) {
                objects.append(entry.sql());
                if (objects.length() > MOST_OBJECTS) {
                    largeObjects(objects);
                }
            } else {
                largeObjects(objects);
                write(entry, kindBefore(entry));
            }
        }
        largeObjects(objects);
    }

    private void largeObjects(StringBuilder objects) throws IOException {
        if (objects.length() > 0) {
            parts.add(new DumpIndex.Part(Kind.PRE_DATA, null, "LARGE OBJECTS", null,
                    frames.frame(objects.toString())));
            objects.setLength(0);
        }
    }

    void after(List<SchemaEntry> entries) throws IOException {
        for (SchemaEntry entry : entries) {
            write(entry, kindAfter(entry));
        }
    }

    private Kind kindBefore(SchemaEntry entry) {
        return switch (entry.type()) {
            case "TABLE", "FOREIGN TABLE" -> Kind.TABLE;
            case "SEQUENCE" -> Kind.SEQUENCE;
            default -> Kind.PRE_DATA;
        };
    }

    /** An index of a materialized view comes when the view has its rows. */
    private Kind kindAfter(SchemaEntry entry) {
        Long owner = owner(entry);
        PgCatalog.Relation relation = owner == null ? null : relations.get(owner);
        boolean ofTable = relation != null && (relation.kind() == 'r' || relation.kind() == 'p');
        return ofTable && entry.type().equals("INDEX")
                ? Kind.INDEX
                : ofTable && entry.type().equals("CONSTRAINT") ? Kind.CONSTRAINT : Kind.POST_DATA;
    }

    private void write(SchemaEntry entry, Kind kind) throws IOException {
        Long owner = owner(entry);
        PgCatalog.Relation self = relations.get(entry.oid());
        PgCatalog.Relation relation = owner == null ? null : relations.get(owner);
        if (relation == null && entry.isRemark() && !entry.needs().isEmpty()) {
            // What is said of a table's own belongs to that table too.
            DumpIndex.Part of = byId.get(entry.needs().get(entry.needs().size() - 1));
            String table = of == null ? null : of.kind() == Kind.TABLE ? of.name() : of.table();
            add(entry, kind, of == null ? entry.space() : of.database(), entry.type() + " " + entry.name(), table);
        } else if (relation == null) {
            add(entry, kind, entry.space(), entry.type() + " " + entry.name(), null);
        } else if (kind == Kind.TABLE) {
            add(entry, kind, self.schema(), self.name(), null);
        } else if (kind == Kind.SEQUENCE) {
            add(entry, kind, self.schema(), self.name(), relation == self ? null : relation.name());
        } else {
            add(entry, kind, relation.schema(), entry.type() + " " + entry.name(), relation.name());
        }
    }

    private void add(SchemaEntry entry, Kind kind, String space, String name, String table) throws IOException {
        List<Integer> needs = new ArrayList<>();
        entry.needs().stream().filter(written::containsKey).map(written::get).forEach(needs::add);
        int frame = frames.frame(entry.sql());
        DumpIndex.Part part = new DumpIndex.Part(kind, space, name, table, frame, needs);
        written.put(entry.id(), frame);
        byId.put(entry.id(), part);
        parts.add(part);
    }
}
