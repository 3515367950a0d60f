package io.onedump.database.postgres;

import java.io.IOException;

/**
 * The rows of a COPY to us, in the server's text format. A row's bytes stand in the session's buffer, its line break
 * last; one that is larger comes in parts.
 */
public final class CopyRows {

    private final PgSession session;
    private final PgMessages messages;
    private final String where;

    CopyRows(PgSession session, String where) {
        this.session = session;
        this.messages = session.messages();
        this.where = where;
    }

    /** Goes to the next row; false when there is none. */
    public boolean next() throws IOException {
        return session.nextRow(where);
    }

    public byte[] buffer() {
        return messages.buffer();
    }

    public int offset() {
        return messages.offset();
    }

    public int limit() {
        return messages.limit();
    }

    /** Whether this part of the row is its last one. */
    public boolean last() {
        return messages.whole();
    }

    /** Goes to the next part of the row. */
    public void more() throws IOException {
        messages.more();
    }
}
