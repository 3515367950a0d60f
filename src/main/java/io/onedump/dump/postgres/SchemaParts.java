package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;
import io.onedump.dump.format.FrameWriter;

/** Writes what pg_dump says of the schema, an object in each frame, and remembers what belongs to what. */
final class SchemaParts {

    private final FrameWriter frames;
    private final List<DumpIndex.Part> parts;
    private final Dependencies dependencies;
    private final Map<Long, PgCatalog.Relation> relations = new HashMap<>();
    /** What was written, by the catalog's number and by pg_dump's in the section that is being written. */
    private final Map<Long, DumpIndex.Part> byKey = new HashMap<>();
    private final Map<Integer, DumpIndex.Part> byId = new HashMap<>();

    SchemaParts(FrameWriter frames, List<DumpIndex.Part> parts, List<PgCatalog.Relation> relations,
            Dependencies dependencies) {
        this.frames = frames;
        this.parts = parts;
        this.dependencies = dependencies;
        relations.forEach(relation -> this.relations.put(relation.key(), relation));
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
    List<SchemaEntry> choice(List<SchemaEntry> entries, Set<Long> wanted) {
        Map<Long, SchemaEntry> all = new LinkedHashMap<>();
        entries.stream().filter(entry -> entry.key() != 0).forEach(entry -> all.putIfAbsent(entry.key(), entry));
        Set<SchemaEntry> taken = new LinkedHashSet<>();
        for (SchemaEntry entry : entries) {
            Long owner = owner(entry);
            if (owner != null && wanted.contains(owner)) {
                taken.add(entry);
                needed(entry, all, taken);
            }
        }
        Set<Integer> ids = new LinkedHashSet<>();
        Set<Long> keys = new LinkedHashSet<>(byKey.keySet());
        taken.forEach(entry -> {
            ids.add(entry.id());
            keys.add(entry.key());
        });
        for (SchemaEntry entry : entries) {
            if (entry.isRemark() && (entry.isAttaching()
                    ? attached(entry, all).stream().allMatch(keys::contains)
                    : !entry.needs().isEmpty() && ids.containsAll(entry.needs()))) {
                taken.add(entry);
            }
        }
        return entries.stream().filter(taken::contains).toList();
    }

    /** Types, functions, schemas; but not other tables, which nobody has asked for. */
    private void needed(SchemaEntry entry, Map<Long, SchemaEntry> all, Set<SchemaEntry> taken) {
        for (long key : dependencies.needs(entry.key(), all::containsKey)) {
            SchemaEntry other = all.get(key);
            if (owner(other) == null && taken.add(other)) {
                needed(other, all, taken);
            }
        }
    }

    /** The objects of a partition and of what it is one of; a constraint stands for its index. */
    private Set<Long> attached(SchemaEntry entry, Map<Long, ?> more) {
        Set<Long> both = new LinkedHashSet<>();
        for (long key : dependencies.attached(entry.space(), entry.name())) {
            if (byKey.containsKey(key) || more.containsKey(key)) {
                both.add(key);
            } else {
                Set<Long> behind =
                        dependencies.needs(key, other -> byKey.containsKey(other) || more.containsKey(other));
                both.addAll(behind.isEmpty() ? Set.of(key) : behind);
            }
        }
        return both;
    }

    /** The relation that it is, or to which it belongs; null for none. */
    private Long owner(SchemaEntry entry) {
        if (entry.key() == 0) {
            return null;
        }
        Long owner = dependencies.owner(entry.key());
        return owner != null ? owner : relations.containsKey(entry.key()) ? Long.valueOf(entry.key()) : null;
    }

    void before(List<SchemaEntry> entries) throws IOException {
        for (SchemaEntry entry : entries) {
            write(entry, kindBefore(entry));
        }
    }

    void after(List<SchemaEntry> entries) throws IOException {
        byId.clear();
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
        PgCatalog.Relation relation = owner == null ? null : relations.get(owner);
        String name = entry.type() + " " + entry.name();
        DumpIndex.Part of = entry.isRemark() && !entry.needs().isEmpty()
                ? byId.get(entry.needs().get(0))
                : null;
        if (kind == Kind.TABLE || kind == Kind.SEQUENCE) {
            PgCatalog.Relation self = relations.get(entry.key());
            boolean owned = relation != null && !relation.equals(self);
            add(entry, kind, self == null ? entry.space() : self.schema(), self == null ? entry.name() : self.name(),
                    owned ? relation.name() : null);
        } else if (relation != null) {
            add(entry, kind, relation.schema(), name, relation.name());
        } else if (of != null) {
            // What is said of a table's own belongs to that table too.
            boolean isRelation = of.kind() == Kind.TABLE || of.kind() == Kind.SEQUENCE && of.table() == null;
            add(entry, kind, of.database(), name, isRelation ? of.name() : of.table());
        } else {
            add(entry, kind, entry.space(), name, null);
        }
    }

    private void add(SchemaEntry entry, Kind kind, String space, String name, String table) throws IOException {
        Set<Integer> needs = new LinkedHashSet<>();
        if (entry.isAttaching()) {
            attached(entry, Map.of()).stream().filter(byKey::containsKey).forEach(key -> needs.add(byKey.get(key)
                    .frame()));
        } else if (entry.key() != 0) {
            dependencies.needs(entry.key(), byKey::containsKey).forEach(key -> needs.add(byKey.get(key).frame()));
        }
        entry.needs().stream().filter(byId::containsKey).forEach(id -> needs.add(byId.get(id).frame()));
        int frame = frames.frame(entry.sql());
        DumpIndex.Part part = new DumpIndex.Part(kind, space, name, table, frame, new ArrayList<>(needs));
        byId.put(entry.id(), part);
        if (entry.key() != 0) {
            byKey.putIfAbsent(entry.key(), part);
        }
        parts.add(part);
    }
}
