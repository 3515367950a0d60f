package io.onedump.dump.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import io.onedump.database.postgres.CopyRows;
import io.onedump.dump.format.FrameCompressor;
import io.onedump.dump.format.FrameWriter;
import io.onedump.dump.format.Xxh64;

/** Gathers the rows that one connection reads into frames, each of which is one COPY. For one thread. */
final class CopyWriter implements Closeable {

    private static final byte[] END = "\\.\n".getBytes(StandardCharsets.US_ASCII);

    private final FrameWriter frames;
    private final FrameCompressor compressor;
    private final byte[] out = new byte[FrameCompressor.MOST_SQL];
    private PgTable target;
    private byte[] head;
    private int chunk;
    private int filled;
    private long rows;

    CopyWriter(FrameWriter frames) {
        this.frames = frames;
        this.compressor = frames.compressor();
    }

    /** Writes all rows of a query, which reads one chunk of a table. */
    void write(CopyRows stream, PgTable table, int number) throws IOException {
        target = table;
        chunk = number;
        head = table.copyIn().getBytes(StandardCharsets.UTF_8);
        filled = 0;
        rows = 0;
        long count = 0;
        long digest = 0;
        while (stream.next()) {
            digest += stream.last() ? row(stream) : large(stream);
            count++;
        }
        endFrame();
        table.dumped().add(count, digest);
    }

    private long row(CopyRows stream) throws IOException {
        byte[] bytes = stream.buffer();
        int from = stream.offset();
        int length = stream.limit() - from;
        if (length == 0 || bytes[from + length - 1] != '\n') {
            throw new IOException("the server sent a row without its end");
        }
        if (filled + length + END.length > out.length) {
            endFrame();
        }
        if (filled == 0) {
            System.arraycopy(head, 0, out, 0, head.length);
            filled = head.length;
        }
        System.arraycopy(bytes, from, out, filled, length);
        filled += length;
        rows++;
        return Xxh64.hash(bytes, from, length - 1);
    }

    /** A row that is larger than the session's buffer stands alone in its frame, and goes out as it comes. */
    private long large(CopyRows stream) throws IOException {
        endFrame();
        Xxh64 hash = new Xxh64();
        int frame = frames.stream(sql -> {
            sql.write(head);
            copy(stream, sql, hash);
            sql.write(END);
        });
        target.dumped().piece(frame, chunk, 1);
        return hash.value();
    }

    private static void copy(CopyRows stream, OutputStream sql, Xxh64 hash) throws IOException {
        while (true) {
            int length = stream.limit() - stream.offset();
            sql.write(stream.buffer(), stream.offset(), length);
            boolean last = stream.last();
            if (last && (length == 0 || stream.buffer()[stream.limit() - 1] != '\n')) {
                throw new IOException("the server sent a row without its end");
            }
            hash.update(stream.buffer(), stream.offset(), last ? length - 1 : length);
            if (last) {
                return;
            }
            stream.more();
        }
    }

    private void endFrame() throws IOException {
        if (filled > 0) {
            System.arraycopy(END, 0, out, filled, END.length);
            target.dumped().piece(compressor.frame(out, filled + END.length), chunk, rows);
        }
        filled = 0;
        rows = 0;
    }

    @Override
    public void close() {
        compressor.close();
    }
}
