package io.onedump.binlog.event;

import java.io.IOException;

/** Bytes that are not what the server wrote: a flipped bit, a missing piece, a file that ends too early. */
public class CorruptBinlogException extends IOException {

    private final String file;
    private final long offset;

    /** @param offset of the event that is broken; everything before it is good */
    public CorruptBinlogException(String file, long offset, String reason) {
        super(file + ":" + offset + ": " + reason);
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }
}
