package io.onedump.sync;

import java.io.IOException;

import io.onedump.storage.Backend;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageException;
import io.onedump.storage.sftp.SftpBackend;
import io.onedump.sync.sftp.SftpDestination;

/** Chooses how files are sent to a storage. */
final class Destinations {

    private Destinations() {
    }

    /** Makes no connection yet. */
    static Destination open(StorageEndpoint endpoint, SyncSettings settings) throws IOException {
        Backend backend = endpoint.getBackend();
        String prefix = prefix(endpoint.getConfiguration().getPath());
        if (backend instanceof SftpBackend sftp) {
            String folder = sftp.folder().isEmpty() || sftp.folder().endsWith("/") ? sftp.folder() : sftp.folder() + "/";
            return new SftpDestination(sftp.settings(), folder + prefix, sftp.options().makesFolders(),
                    settings.checksum(), settings.concurrency());
        }
        return new StorageDestination(backend, prefix, settings.concurrency());
    }

    private static String prefix(String path) throws StorageException {
        if (path == null) {
            return "";
        }
        if (path.contains("${")) {
            throw new StorageException("sync: the storage's option path '" + path + "' is an expression; a sync needs the same"
                    + " folder each time");
        }
        return ObjectPath.of(null, path) + "/";
    }
}
