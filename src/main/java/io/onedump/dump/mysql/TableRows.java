package io.onedump.dump.mysql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.onedump.dump.format.DumpIndex;

/** What was dumped of a table's rows so far, by whichever connection. */
final class TableRows {

    private final TablePlan plan;
    private final List<DumpIndex.Piece> pieces = new ArrayList<>();
    private long rows;
    private long digest;

    TableRows(TablePlan plan) {
        this.plan = plan;
    }

    TablePlan plan() {
        return plan;
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
        return new DumpIndex.Table(plan.database(), plan.name(), plan.engine(),
                plan.columns().stream().map(Column::name).toList(), plan.select(), plan.from(), rows, digest, pieces);
    }
}
