package io.onedump.storage.file;

import io.onedump.storage.Backend;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.Verify;
import java.nio.file.Path;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;

/** Reads the folder from a {@code file:} endpoint. */
public record FileBackend(Path folder, Verify verify) implements Backend {

    public static Backend of(Endpoint endpoint, StorageConfiguration configuration) {
        return new FileBackend(((FileEndpoint) endpoint).getFile().toPath(), configuration.getVerify());
    }

    @Override
    public Storage open() {
        return new FileStorage(folder, verify);
    }
}
