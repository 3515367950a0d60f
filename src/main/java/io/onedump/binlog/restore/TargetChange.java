package io.onedump.binlog.restore;

import java.io.IOException;
import java.util.Optional;

import io.onedump.database.mysql.MySqlSession;

/**
 * Something of the target that is otherwise while a restore runs.
 *
 * @param id        its number in the journal
 * @param name      of a variable
 * @param before    its value
 * @param meanwhile its value while the restore runs; of a replica {@code host:port} of its source
 */
record TargetChange(long id, Kind kind, String name, String before, String meanwhile) {

    enum Kind {
        VARIABLE,
        FILTERS,
        REPLICA
    }

    /**
     * Makes it as it was, unless somebody else has changed it since.
     *
     * @return what was done, for people; empty when there was nothing to do
     */
    Optional<String> putBack(MySqlSession session) throws IOException {
        return switch (kind) {
            case VARIABLE -> variable(session);
            case FILTERS -> {
                ReplicationFilter.clear(session);
                yield Optional.of("replication filters for " + meanwhile + " are taken away");
            }
            case REPLICA -> {
                ReplicationStatements replication = new ReplicationStatements(session);
                if (!replication.isReplicaOf(meanwhile)) {
                    yield Optional.empty();
                }
                replication.stop();
                yield Optional.of("it is no longer the replica of that restore");
            }
        };
    }

    private Optional<String> variable(MySqlSession session) throws IOException {
        String now = GlobalSetting.value(session, name).orElse(before);
        if (now.equalsIgnoreCase(before)) {
            return Optional.empty();
        }
        if (!now.equalsIgnoreCase(meanwhile)) {
            return Optional.of(name + " stays " + now + ", as somebody has set it since; it was " + before);
        }
        GlobalSetting.set(session, name, before);
        return Optional.of(name + " is " + before + " again, and was " + meanwhile);
    }

    /** What a restore that was killed has left of it. */
    @Override
    public String toString() {
        return switch (kind) {
            case VARIABLE -> name + " was set from " + before + " to " + meanwhile;
            case FILTERS -> "replication filters for " + meanwhile;
            case REPLICA -> "it was made a replica of " + meanwhile;
        };
    }
}
