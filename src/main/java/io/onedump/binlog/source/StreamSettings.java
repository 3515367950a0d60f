package io.onedump.binlog.source;

import java.time.Duration;

import io.onedump.database.mysql.MySqlSettings;

/**
 * How to follow a server.
 *
 * @param serverId  our number among the server's replicas, which nobody else may have, 1 to 2^32-1
 * @param uuid      our name among them, as MySQL 8 wants it
 * @param heartbeat how often the server says that it is alive while nothing is written; without a sign for four of them
 *                  the connection counts as dead
 * @param semiSync  whether commits wait until we have their events on disk, where the server is set up for it
 */
public record StreamSettings(MySqlSettings server, long serverId, String uuid, Duration heartbeat, boolean semiSync) {

    private static final int SILENT_HEARTBEATS = 4;
    private static final Duration SLOWEST_PART = Duration.ofMinutes(1);

    public StreamSettings {
        if (serverId < 1 || serverId > 0xffffffffL) {
            throw new IllegalArgumentException("the server id must be between 1 and 4294967295: " + serverId);
        }
        if (heartbeat.toMillis() < 1 || heartbeat.toSeconds() > 3600) {
            throw new IllegalArgumentException(
                    "option heartbeat: it must be between a millisecond and an hour: " + heartbeat);
        }
    }

    /** For a part of an event, which has a megabyte at the most: on the slowest of lines it takes a minute. */
    Duration part() {
        return silence().plus(SLOWEST_PART);
    }

    Duration silence() {
        return heartbeat.multipliedBy(SILENT_HEARTBEATS);
    }
}
