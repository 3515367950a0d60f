package io.onedump.restore.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.rows.DumpPlan;

/** What a restore is going to do, for people. */
record PgPlanText(PgPlan plan, PgState state, String address, String database, int parallel, boolean goesOn) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(plan.origin());
        lines.add("target    " + address + ", " + state.version() + ", by " + parallel + " connections");
        lines.add("database  " + String.join(", ", plan.file().index().origin().databases()) + " as " + database);
        lines.add(plan.size());
        List<String> others = Stream.of(plan.before(), plan.indexes(), plan.after()).flatMap(List::stream)
                .filter(part -> part.kind() != DumpIndex.Kind.TABLE && part.kind() != DumpIndex.Kind.SEQUENCE)
                .map(part -> part.name().strip()).toList();
        lines.add(DumpPlan.others(others));
        lines.add(plan.present(state.present(), goesOn));
        state.notes().forEach(note -> lines.add("note      " + note));
        return lines;
    }
}
