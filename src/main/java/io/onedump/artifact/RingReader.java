package io.onedump.artifact;

import java.io.IOException;

/** What somebody reads of a ring's buffers, which go back to it when they are empty. For one thread. */
final class RingReader {

    private final Ring ring;
    private Ring.Chunk current;
    private int position;

    RingReader(Ring ring) {
        this.ring = ring;
    }

    /** As {@link java.io.InputStream#read(byte[], int, int)}. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        while (current == null) {
            current = ring.next();
            position = 0;
            if (current == null) {
                return -1;
            }
            recycleEmpty();
        }
        int read = Math.min(length, current.length() - position);
        System.arraycopy(current.bytes(), position, bytes, offset, read);
        position += read;
        recycleEmpty();
        return read;
    }

    private void recycleEmpty() {
        if (position == current.length()) {
            ring.recycle(current);
            current = null;
        }
    }
}
