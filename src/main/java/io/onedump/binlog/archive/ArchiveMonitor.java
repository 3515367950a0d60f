package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;

/** Looks at an archive and its server now and then, so that health checks and gauges have an answer at once. */
public final class ArchiveMonitor implements Closeable {

    private static final Logger LOG = CleanLog.of(ArchiveMonitor.class);

    private final Look look;
    private final Threads.Scheduled looking;
    private volatile ArchiveStatus latest;

    /** Finds out how an archive is. */
    public interface Look {
        ArchiveStatus status() throws IOException;
    }

    /** Begins to look; the first time after one interval, because an archive has to catch up first. */
    public ArchiveMonitor(Threads threads, Look look, Duration every) {
        this.look = look;
        looking = threads.every(every, "binlog monitor", this::look);
    }

    private void look() {
        try {
            latest = look.status();
        } catch (IOException | RuntimeException e) {
            latest = null;
            LOG.debug("the archive's status is not known: {}", e.toString());
        }
    }

    /** What was seen at the last look; empty before the first, and when server or storage could not be asked. */
    public Optional<ArchiveStatus> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void close() {
        looking.close();
    }
}
