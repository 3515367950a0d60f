package io.onedump.dump.postgres;

import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpedRows;

/** A table, and what was dumped of its rows so far. */
record PgTableRows(PgTable table, DumpedRows dumped) {

    PgTableRows(PgTable table) {
        this(table, new DumpedRows());
    }

    DumpIndex.Table entry() {
        return dumped.entry(table.relation().schema(), table.relation().name(), "table", table.columns(),
                table.select(), table.from());
    }
}
