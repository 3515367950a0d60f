package io.onedump.database.mysql;

import java.io.IOException;

/**
 * The rows of one query as they come, in the protocol's own bytes: {@link #next} makes a row available between
 * {@link #offset} and {@link #limit} of {@link #buffer}, valid until the next call. A row larger than the buffer comes
 * in several parts, each after a call of {@link #more}. The session is busy until {@code next} has answered false.
 */
public final class RowStream {

    /** SERVER_STATUS_IN_TRANS. */
    private static final int IN_TRANSACTION = 1;

    private final PacketReader reader;
    private final String context;
    private final int columns;
    private boolean ended;
    private int status;

    /** @param columns 0 for a statement without a result */
    RowStream(PacketReader reader, String context, int columns) {
        this.reader = reader;
        this.context = context;
        this.columns = columns;
        this.ended = columns == 0;
    }

    public int columns() {
        return columns;
    }

    /** Moves to the next row, or to its first part. */
    public boolean next() throws IOException {
        if (ended) {
            return false;
        }
        reader.next();
        int length = reader.limit() - reader.offset();
        if (length == 0) {
            throw new IOException(context + ": the server sent an empty packet");
        }
        int head = reader.buffer()[reader.offset()] & 0xff;
        if (head == MySqlSession.ERROR) {
            byte[] error = new byte[length];
            System.arraycopy(reader.buffer(), reader.offset(), error, 0, length);
            ended = true;
            MySqlSession.throwIfError(error, context);
        }
        ended = head == MySqlSession.END && length < 9 && reader.last();
        if (ended && length >= 5) {
            status = reader.buffer()[reader.offset() + 3] & 0xff;
        }
        return !ended;
    }

    /** Whether the session was in a transaction when the last row had come. */
    public boolean endedInTransaction() {
        return ended && (status & IN_TRANSACTION) != 0;
    }

    /** Whether the part at hand ends its row. */
    public boolean last() {
        return reader.last();
    }

    /** Moves to the next part of the same row. */
    public void more() throws IOException {
        if (reader.last()) {
            throw new IOException(context + ": the server sent a row that ends too early");
        }
        reader.next();
    }

    /** Passes over all rows that are left. */
    public void skip() throws IOException {
        while (next()) {
            while (!last()) {
                more();
            }
        }
    }

    public byte[] buffer() {
        return reader.buffer();
    }

    public int offset() {
        return reader.offset();
    }

    public int limit() {
        return reader.limit();
    }
}
