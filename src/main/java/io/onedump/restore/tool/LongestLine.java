package io.onedump.restore.tool;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.BulkInputStream;

/** Passes a script on and measures its lines: the dump tools write an INSERT, however long, into one. */
final class LongestLine extends BulkInputStream {

    private long longest;
    private long current;

    LongestLine(InputStream script) {
        super(script);
    }

    /** In bytes, of what has been read so far. */
    long length() {
        return Math.max(longest, current);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        for (int i = offset; i < offset + read; i++) {
            if (bytes[i] == '\n') {
                longest = Math.max(longest, current);
                current = 0;
            } else {
                current++;
            }
        }
        return read;
    }
}
