package io.onedump.binlog.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;

/** Applies binlog files to a server. */
interface RestoreEngine {

    /**
     * Refuses before anything is changed, where the target or the tools cannot do what the plan says.
     *
     * @param left by a restore that was killed, which is put back first
     */
    void check(RestorePlan plan, MySqlSettings target, List<TargetChange> left) throws IOException;

    /**
     * Applies the plan and proves that its end was reached.
     *
     * @param files   of the plan, on local disk
     * @param journal by which the target is changed
     * @throws RestoreException when it was not; how far it came is in the message where that is known
     */
    void apply(RestorePlan plan, List<Path> files, MySqlSettings target, TargetJournal journal)
            throws IOException, InterruptedException;
}
