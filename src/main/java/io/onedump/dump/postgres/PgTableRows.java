package io.onedump.dump.postgres;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.onedump.dump.format.DumpIndex;

/** What was dumped of a table's rows so far, by whichever connection. */
final class PgTableRows {

    private final PgTable table;
    private final List<DumpIndex.Piece> pieces = new ArrayList<>();
    private long rows;
    private long digest;

    PgTableRows(PgTable table) {
        this.table = table;
    }

    PgTable table() {
        return table;
    }

    synchronized void piece(int frame, int chunk, long count) {
        pieces.add(new DumpIndex.Piece(frame, chunk, count));
    }

    synchronized void add(long count, long sum) {
        rows += count;
        digest += sum;
    }

    synchronized DumpIndex.Table entry() {
        pieces.sort(Comparator.comparingInt(DumpIndex.Piece::chunk).thenComparingInt(DumpIndex.Piece::frame));
        return new DumpIndex.Table(table.relation().schema(), table.relation().name(), "table", table.columns(),
                table.select(), table.from(), rows, digest, pieces);
    }
}
