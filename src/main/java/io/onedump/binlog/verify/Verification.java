package io.onedump.binlog.verify;

import java.util.List;

/**
 * What a check of an archive came to.
 *
 * @param files    that were read
 * @param bytes    of binlog in them, after decompression
 * @param events   in them
 * @param findings in the order of the files
 */
public record Verification(int files, long bytes, long events, List<Finding> findings) {

    public Verification {
        findings = List.copyOf(findings);
    }

    /** Whether every moment between the first and the last event can be restored. */
    public boolean ok() {
        return findings.isEmpty();
    }
}
