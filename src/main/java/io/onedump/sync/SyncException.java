package io.onedump.sync;

import io.onedump.storage.StorageException;

/** A sync ended, and not all files are where they should be; trying the whole of it again at once would not help. */
public final class SyncException extends StorageException {

    private final transient SyncResult result;

    SyncException(SyncResult result) {
        super("sync " + result.source() + " → " + result.destination() + ": " + result.failures().size()
                + " failed: " + result.error());
        this.result = result;
    }

    public SyncResult result() {
        return result;
    }
}
