package io.onedump.dump.mysql;

import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpedRows;

/** A table, and what was dumped of its rows so far. */
record TableRows(TablePlan plan, DumpedRows dumped) {

    TableRows(TablePlan plan) {
        this(plan, new DumpedRows());
    }

    DumpIndex.Table entry() {
        return dumped.entry(plan.database(), plan.name(), plan.engine(),
                plan.columns().stream().map(Column::name).toList(), plan.select(), plan.from());
    }
}
