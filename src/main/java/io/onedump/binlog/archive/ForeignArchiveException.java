package io.onedump.binlog.archive;

import java.io.IOException;

/** The archive is another archiver's, and to write into it would mix two servers' logs. */
public class ForeignArchiveException extends IOException {

    private static final long serialVersionUID = 1;

    ForeignArchiveException(String message) {
        super(message);
    }
}
