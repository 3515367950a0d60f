package io.onedump.storage.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.storage.Backend;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.StorageException;
import io.onedump.storage.Verify;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;

/** A folder that is named by a {@code file:} endpoint. */
public final class FileBackend implements Backend {

    private final Path folder;
    private final boolean makesFolder;
    private final Verify verify;
    private final FileMode mode;
    private final FolderSweep sweep = new FolderSweep();

    /** @param makesFolder whether the folder is made when it is missing; where it should be mounted it better is not */
    FileBackend(Path folder, boolean makesFolder, Verify verify, FileMode mode) {
        this.folder = folder;
        this.makesFolder = makesFolder;
        this.verify = verify;
        this.mode = mode;
    }

    public static Backend of(Endpoint endpoint, StorageConfiguration configuration) {
        FileEndpoint file = (FileEndpoint) endpoint;
        return new FileBackend(file.getFile().toPath(), file.isAutoCreate(), configuration.getVerify(),
                FileMode.parse(configuration.getFileMode()));
    }

    @Override
    public Storage open() throws StorageException {
        if (!makesFolder && !Files.isDirectory(folder)) {
            throw new StorageException("storage file:" + folder + ": there is no such folder; mount or make it, or let"
                    + " autoCreate be true");
        }
        return new FileStorage(folder, verify, sweep, mode);
    }

    @Override
    public List<Lack> lacks() {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there == null || Files.isDirectory(there)
                ? List.of()
                : List.of(new Lack("delegate", there + " is a file where a folder is needed; choose another folder",
                        true));
    }

    @Override
    public Optional<Path> localFolder() {
        return Optional.of(folder);
    }
}
