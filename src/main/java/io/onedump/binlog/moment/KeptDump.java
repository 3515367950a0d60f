package io.onedump.binlog.moment;

import java.io.IOException;
import java.time.Instant;

import io.onedump.database.mysql.BinlogPosition;

/** A dump that a job has kept, as far as it matters for going on from it. */
public interface KeptDump {

    String name();

    /** When the dump began, by the clock of the machine that made it. */
    Instant time();

    /**
     * Where in its server's binary log it was made, with the GTIDs that it says.
     *
     * @throws IOException when it says none, or cannot be read
     */
    BinlogPosition position() throws IOException;

    /** {@code server_uuid} of MySQL, {@code server_id} of MariaDB; empty where it is not known. */
    String server() throws IOException;
}
