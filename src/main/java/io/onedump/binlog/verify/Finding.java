package io.onedump.binlog.verify;

import io.onedump.artifact.CleanText;
import io.onedump.binlog.event.BinlogName;

/**
 * A reason why some moments cannot be restored.
 *
 * @param offset in the binlog file, not in the stored object
 */
public record Finding(int timeline, BinlogName file, long offset, String text) {

    /** {@code timeline 1, binlog.000007:4711: …}. */
    @Override
    public String toString() {
        return "timeline " + timeline + ", " + file + ":" + offset + ": " + CleanText.of(text);
    }
}
