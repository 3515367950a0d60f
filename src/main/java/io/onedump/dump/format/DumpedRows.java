package io.onedump.dump.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was dumped of a table's rows so far, by whichever connection. */
public final class DumpedRows {

    private final List<DumpIndex.Piece> pieces = new ArrayList<>();
    private long rows;
    private long digest;

    public synchronized void piece(int frame, int chunk, long count) {
        pieces.add(new DumpIndex.Piece(frame, chunk, count));
    }

    public synchronized void add(long count, long sum) {
        rows += count;
        digest += sum;
    }

    /** The table's entry in the index: the other values are as {@link DumpIndex.Table} has them. */
    public synchronized DumpIndex.Table entry(String database, String name, String engine, List<String> columns,
            String select, String from) {
        pieces.sort(Comparator.comparingInt(DumpIndex.Piece::chunk).thenComparingInt(DumpIndex.Piece::frame));
        return new DumpIndex.Table(database, name, engine, columns, select, from, rows, digest, pieces);
    }
}
