package io.onedump.binlog;

/** What a binlog endpoint does; the names are the endpoint's path. */
public enum BinlogOperation {
    archive, status, verify
}
