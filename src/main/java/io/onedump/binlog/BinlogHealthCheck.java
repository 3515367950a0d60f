package io.onedump.binlog;

import java.util.Map;

import io.onedump.binlog.archive.Archiver;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Down while archiving is interrupted, while the storage refuses files, and once something is lost for ever. */
class BinlogHealthCheck extends AbstractHealthCheck {

    private final Archiver archiver;

    BinlogHealthCheck(String server, Archiver archiver) {
        super("onedump", "binlog-" + server);
        this.archiver = archiver;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String trouble = archiver.trouble();
        if (!archiver.gaps().isEmpty()) {
            builder.message(String.join("; ", archiver.gaps())).down();
        } else if (trouble != null) {
            builder.message(trouble).down();
        } else {
            builder.up();
        }
    }
}
