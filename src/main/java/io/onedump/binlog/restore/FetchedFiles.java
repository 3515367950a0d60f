package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.FileClaim;
import io.onedump.artifact.PrivateFolder;
import io.onedump.artifact.WorkFolder;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;
import org.slf4j.Logger;

/**
 * Copies of archived files on local disk, under their own names, for as long as a restore takes. A claimed file tells
 * the folder of one at work from what a killed one has left.
 */
final class FetchedFiles implements Closeable {

    private static final Logger LOG = CleanLog.of(FetchedFiles.class);
    private static final String PREFIX = "restore-";
    private static final String CLAIM = ".claim";

    private final Archive archive;
    private final Path folder;
    private final FileClaim claim;

    FetchedFiles(Archive archive, Path folder) throws IOException {
        this.archive = archive;
        Path above = Files.exists(folder) ? folder : PrivateFolder.make(folder);
        // Looked at after it is made: whoever could put another in its place would be asked for the password too.
        this.folder = PrivateFolder.make(Files.createTempDirectory(above.toRealPath(), PREFIX));
        this.claim = FileClaim.create(this.folder.resolve(CLAIM), PrivateFolder.ownFile());
        sweep(above.toRealPath());
    }

    private static void sweep(Path above) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(above, PREFIX + "*")) {
            for (Path left : folders) {
                if (Files.exists(left.resolve(CLAIM)) && FileClaim.isAbandoned(left.resolve(CLAIM))) {
                    LOG.warn("removing {}, left by a restore that was killed", left);
                    WorkFolder.delete(left);
                }
            }
        }
    }

    /**
     * Brings a file here, if it is not here yet, and opens the copy.
     *
     * @throws IOException when there is no room for it
     */
    InputStream open(int timeline, FileManifest file) throws IOException {
        Path copy = copy(timeline, file);
        if (!Files.exists(copy) || Files.size(copy) != file.size()) {
            Files.createDirectories(copy.getParent());
            Files.deleteIfExists(copy);
            long free = free(folder);
            if (free < file.size()) {
                throw noRoom(folder, file.size(), free);
            }
            try (InputStream stored = archive.open(timeline, file)) {
                Files.copy(stored, copy);
            }
        }
        return Files.newInputStream(copy);
    }

    /** The copies of files that were opened. */
    List<Path> copies(int timeline, List<FileManifest> files) {
        return files.stream().map(file -> copy(timeline, file)).toList();
    }

    private Path copy(int timeline, FileManifest file) {
        return folder.resolve(Integer.toString(timeline)).resolve(file.file().toString());
    }

    /** How many bytes a folder has left, or the one above it where it is not made yet. */
    static long free(Path folder) throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return Files.getFileStore(there).getUsableSpace();
    }

    static IOException noRoom(Path folder, long needed, long free) {
        return new IOException("the target was not touched: the log needs " + needed + " bytes in " + folder
                + ", and " + free + " are free there; choose another folder (binlog restore: --work-dir, restore:"
                + " ONEDUMP_WORK_DIRECTORY) or make room");
    }

    /** A folder that only this user may enter. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        claim.close();
        WorkFolder.delete(folder);
    }
}
