package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.rows.RowLoads;

/** Loads tables' rows and builds their indexes by one connection. */
final class PgLoader implements RowLoads.Loader<DumpIndex.Part> {

    private final PgTarget target;
    private final PgSchema schema;
    private final PgJournal journal;
    private final PgFrameLoader frames;

    PgLoader(PgTarget target, PgPlan plan, PgSchema schema, PgJournal journal) {
        this.target = target;
        this.schema = schema;
        this.journal = journal;
        this.frames = new PgFrameLoader(target, plan.file(), journal);
    }

    /** What there is to load, and the indexes that wait for tables' rows; those of other relations wait for none. */
    static RowLoads<DumpIndex.Part> loads(PgPlan plan, PgJournal journal, RestoreListener listener) {
        Map<String, List<DumpIndex.Part>> waiting = new LinkedHashMap<>();
        for (DumpIndex.Part part : plan.indexes()) {
            if (!journal.isDone(part.frame())) {
                waiting.computeIfAbsent(PgPlan.relation(part), table -> new ArrayList<>()).add(part);
            }
        }
        Map<String, List<DumpIndex.Part>> others = new LinkedHashMap<>(waiting);
        plan.tables().forEach(table -> others.remove(key(table)));
        return new RowLoads<>(plan.file(), plan.tables(), journal::isDone,
                table -> waiting.getOrDefault(key(table), List.of()),
                others.values().stream().flatMap(List::stream).toList(), listener);
    }

    private static String key(DumpIndex.Table table) {
        return PgPlan.key(table.database(), table.name());
    }

    @Override
    public void load(DumpIndex.Table table, DumpIndex.Piece piece) throws IOException {
        frames.load(table, piece);
    }

    @Override
    public void build(DumpIndex.Part index) throws IOException {
        schema.after(target, index, journal);
    }
}
