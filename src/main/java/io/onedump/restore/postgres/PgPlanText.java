package io.onedump.restore.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.database.postgres.PgSettings;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.rows.DumpPlan;

/** What a restore is going to do, for people. */
final class PgPlanText {

    private PgPlanText() {
    }

    static List<String> lines(PgPlan plan, PgState state, PgSettings settings, int parallel, boolean goesOn) {
        List<String> lines = new ArrayList<>();
        lines.add(plan.origin());
        lines.add("target    " + settings.address() + ", " + state.version() + ", by " + parallel + " connections");
        lines.add("database  " + String.join(", ", plan.file().index().origin().databases()) + " as "
                + settings.database());
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
