package io.onedump.binlog.archive;

import java.nio.file.Path;
import java.time.Duration;

/**
 * When somebody is to be alarmed.
 *
 * @param maxLag      how old the newest archived moment may be while something younger is missing
 * @param maxLagBytes how many bytes may be missing
 * @param staging     the spool folder, if it is on this machine, else null
 */
public record Watch(Duration maxLag, long maxLagBytes, Path staging) {

    public static final Watch DEFAULT = new Watch(Duration.ofMinutes(15), 64 << 20, null);

    public Watch {
        if (maxLag.isNegative() || maxLag.isZero()) {
            throw new IllegalArgumentException("option maxLag: it must be positive: " + maxLag);
        }
        if (maxLagBytes < 1) {
            throw new IllegalArgumentException("option maxLagBytes: it must be at least 1: " + maxLagBytes);
        }
    }
}
