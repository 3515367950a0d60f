package io.onedump.dump;

import io.onedump.database.ProductVersion;

/**
 * What a MySQL or MariaDB server says of itself before it is dumped.
 *
 * @param hasBinlog         whether it writes a binary log
 * @param mayReadPosition   whether the account may read the binlog's position and lock the tables for a moment
 * @param hasGtids          whether it is a MySQL whose {@code gtid_mode} is not {@code OFF}
 */
record MySqlServer(boolean mariaDb, ProductVersion version, boolean hasBinlog, boolean mayReadPosition,
        boolean hasGtids) {
}
