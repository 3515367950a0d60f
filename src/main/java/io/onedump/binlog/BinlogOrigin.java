package io.onedump.binlog;

/** Where binlog files come from; the names are the values of the endpoint's option {@code source}. */
public enum BinlogOrigin {
    server, directory
}
