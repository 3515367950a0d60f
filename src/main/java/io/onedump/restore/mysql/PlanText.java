package io.onedump.restore.mysql;

import java.util.ArrayList;
import java.util.List;

import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.rows.DumpPlan;

/** What a restore is going to do, for people. */
record PlanText(NativePlan plan, TargetState state, String address, int parallel, boolean goesOn) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(plan.origin());
        lines.add("target    " + address + ", " + state.version() + ", by " + parallel + " connections");
        plan.targets().forEach((from, to) -> lines.add("database  " + from + (from.equals(to) ? "" : " as " + to)));
        lines.add(plan.size());
        lines.add(String.format("space     about %,d bytes for the rows, keys come on top; ", plan.bytes())
                + (state.free().isPresent()
                        ? String.format("%,d are free", state.free().getAsLong())
                        : "what is free there cannot be seen from here"));
        List<String> others = plan.after().stream().filter(part -> part.kind() != DumpIndex.Kind.SEQUENCE_VALUE)
                .map(part -> Names.kind(part) + " "
                        + part.name())
                .toList();
        lines.add(DumpPlan.others(others));
        lines.add(plan.present(state.present(), goesOn));
        state.notes().forEach(note -> lines.add("note      " + note));
        return lines;
    }
}
