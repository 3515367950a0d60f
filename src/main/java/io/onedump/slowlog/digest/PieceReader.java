package io.onedump.slowlog.digest;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

import io.onedump.slowlog.log.LogPosition;
import io.onedump.slowlog.parse.Carry;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.parse.LogReader;
import io.onedump.slowlog.parse.ParseHealth;
import io.onedump.slowlog.parse.SlowLogParser;
import io.onedump.slowlog.text.Names;

/** Reads pieces of logs, one after the other, into classes of its own. */
final class PieceReader {

    private final Names metricNames;
    private final EventDigester digester;

    PieceReader(EventFilter filter, Names.Registry metricNames, Names.Registry names, ClassStore store, long budget) {
        this.metricNames = new Names(metricNames);
        this.digester = new EventDigester(filter, metricNames, names, store, budget);
    }

    EventDigester digester() {
        return digester;
    }

    /**
     * @param health takes how well the piece could be read
     * @throws IOException when the log cannot be read to its end; what came before it counts
     */
    void read(LogPiece piece, Consumer<ParseHealth> health) throws IOException {
        boolean start = piece.offset() == piece.log().start().offset();
        Carry carry = start || piece.bytes() == null
                ? piece.before().join().carry()
                : Carry.inMiddle(() -> piece.before().join().micros());
        SlowLogParser parser = new SlowLogParser(metricNames, carry, digester);
        digester.startFile(piece.index(), piece.log().name());
        long end = piece.offset();
        try {
            end = piece.bytes() == null ? readStream(piece, parser) : readBytes(piece, parser);
        } finally {
            health.accept(parser.health());
            LogPosition before = piece.before().join();
            digester.endPiece(before.db());
            byte[] db = carry.inherits() ? before.db() : carry.db();
            piece.after().complete(new LogPosition(end, db, carry.micros()));
        }
    }

    private static long readStream(LogPiece piece, SlowLogParser parser) throws IOException {
        try (InputStream in = piece.log().open(piece.offset())) {
            return new LogReader(parser).read(in, piece.offset(), piece.log().isGrowing());
        }
    }

    private static long readBytes(LogPiece piece, SlowLogParser parser) {
        int end = piece.length();
        int from = 0;
        if (piece.last() && piece.log().isGrowing()) {
            from = parser.parse(piece.bytes(), 0, end, piece.offset(), false);
            if (!LogReader.endsWhole(piece.bytes(), from, end)) {
                return piece.offset() + from;
            }
        }
        return piece.offset() + parser.parse(piece.bytes(), from, end, piece.offset(), true);
    }
}
