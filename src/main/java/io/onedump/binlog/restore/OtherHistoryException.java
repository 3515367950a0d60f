package io.onedump.binlog.restore;

import io.onedump.restore.choice.RestoreException;

/** A dump is not of the log that a timeline of the archive has, although there is a place of that name. */
public final class OtherHistoryException extends RestoreException {

    private static final long serialVersionUID = 1;

    public OtherHistoryException(String message) {
        super(message);
    }
}
