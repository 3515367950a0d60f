package io.onedump.binlog;

import java.io.IOException;

/** Archiving, or checking an archive, came to a result that a person must look at. */
public class BinlogException extends IOException {

    public BinlogException(String message) {
        super(message);
    }
}
