package io.onedump.restore.mysql;

import java.util.ArrayList;
import java.util.List;

import io.onedump.dump.format.DumpIndex;

/** What a restore is going to do, for people. */
record PlanText(NativePlan plan, TargetState state, String address, int parallel, boolean goesOn) {

    List<String> lines() {
        DumpIndex.Origin origin = plan.file().index().origin();
        List<String> lines = new ArrayList<>();
        lines.add("dump      of " + origin.family() + " " + origin.server() + ", taken " + origin.started()
                + (origin.position() == null ? "" : ", at " + origin.position())
                + (origin.gtid() == null || origin.gtid().isEmpty() ? "" : ", GTID " + origin.gtid()));
        lines.add("target    " + address + ", " + state.version() + ", by " + parallel + " connections");
        plan.targets().forEach((from, to) -> lines.add("database  " + from + (from.equals(to) ? "" : " as " + to)));
        lines.add(String.format("tables    %d, %,d rows, %,d bytes of SQL, %,d to read", plan.tableCount(),
                plan.tables().stream().mapToLong(DumpIndex.Table::rows).sum(), plan.bytes(), plan.storedBytes()));
        lines.add(String.format("space     about %,d bytes for the rows, keys come on top; ", plan.bytes())
                + (state.free().isPresent()
                        ? String.format("%,d are free", state.free().getAsLong())
                        : "what is free there cannot be seen from here"));
        List<String> others = plan.after().stream().filter(part -> part.kind() != DumpIndex.Kind.SEQUENCE_VALUE)
                .map(part -> Names.kind(part) + " "
                        + part.name())
                .toList();
        lines.add("others    " + (others.isEmpty() ? "none" : Names.some(others)));
        lines.add("present   " + (goesOn
                ? "a restore of this that broke off: it goes on"
                : state.present().isEmpty()
                        ? "nothing of these names"
                        : Names.some(state.present()) + (plan.choice().replace()
                                ? ", to be replaced"
                                : ": it is refused without --replace")));
        state.notes().forEach(note -> lines.add("note      " + note));
        return lines;
    }
}
