package io.onedump.binlog;

import java.util.Map;
import java.util.Optional;

import io.onedump.binlog.archive.ArchiveMonitor;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.binlog.archive.Archiver;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Down while archiving is interrupted, while the storage refuses files, when the server will soon remove what is not
 * archived, and once something is lost for ever.
 */
class BinlogHealthCheck extends AbstractHealthCheck {

    private final Archiver archiver;
    private final ArchiveMonitor monitor;

    BinlogHealthCheck(String server, Archiver archiver, ArchiveMonitor monitor) {
        super("onedump", "binlog-" + server);
        this.archiver = archiver;
        this.monitor = monitor;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Optional<ArchiveStatus> status = monitor.latest();
        status.ifPresent(seen -> builder.detail("lag_bytes", seen.lagBytes())
                .detail("lag_seconds", seen.lag().toSeconds())
                .detail("purge_percent", seen.purgePercent()).detail("archived", String.valueOf(seen.archived())));
        String trouble = archiver.trouble();
        // Once somebody has accepted them, the status no longer has them.
        if (!archiver.gaps().isEmpty() && status.map(ArchiveStatus::isBroken).orElse(true)) {
            builder.message(String.join("; ", archiver.gaps())).down();
        } else if (trouble != null) {
            builder.message(trouble).down();
        } else if (status.isPresent() && status.get().archived() != null && !status.get().healthy()) {
            builder.message("the archive needs attention: " + String.join("; ", status.get().alarms()) + " "
                    + status.get().json()).down();
        } else {
            builder.up();
        }
    }
}
