package io.onedump.restore.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.ShortList;
import io.onedump.dump.format.DumpIndex;

/** What a restore is going to do, for people. */
record PgPlanText(PgPlan plan, PgState state, String address, String database, int parallel, boolean goesOn) {

    private static final int SHOWN = 5;

    List<String> lines() {
        DumpIndex.Origin origin = plan.file().index().origin();
        List<String> lines = new ArrayList<>();
        lines.add("dump      of " + origin.family() + " " + origin.server() + ", taken " + origin.started()
                + (origin.position() == null ? "" : ", at " + origin.position()));
        lines.add("target    " + address + ", " + state.version() + ", by " + parallel + " connections");
        lines.add("database  " + String.join(", ", origin.databases()) + " as " + database);
        lines.add(String.format("tables    %d, %,d rows, %,d bytes of SQL, %,d to read", plan.tableCount(),
                plan.tables().stream().mapToLong(DumpIndex.Table::rows).sum(), plan.bytes(), plan.storedBytes()));
        List<String> others = Stream.of(plan.before(), plan.indexes(), plan.after()).flatMap(List::stream)
                .filter(part -> part.kind() != DumpIndex.Kind.TABLE && part.kind() != DumpIndex.Kind.SEQUENCE)
                .map(part -> part.name().strip()).toList();
        lines.add("others    " + (others.isEmpty() ? "none" : ShortList.of(others, SHOWN)));
        lines.add("present   " + (goesOn
                ? "a restore of this that broke off: it goes on"
                : state.present().isEmpty()
                        ? "nothing of these names"
                        : ShortList.of(state.present(), SHOWN) + (plan.choice().replace()
                                ? ", to be replaced"
                                : ": it is refused without --replace")));
        state.notes().forEach(note -> lines.add("note      " + note));
        return lines;
    }
}
