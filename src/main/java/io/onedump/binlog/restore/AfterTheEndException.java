package io.onedump.binlog.restore;

import io.onedump.restore.choice.RestoreException;

/** A dump has what came after the moment that is asked for: an older one may do. */
public final class AfterTheEndException extends RestoreException {

    private static final long serialVersionUID = 1;

    AfterTheEndException(String start, StopAt stop) {
        super("the dump is of " + start + ": that is after " + stop);
    }
}
