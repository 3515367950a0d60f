package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.PrivateFolder;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;

/** Copies of archived files on local disk, under their own names, for as long as a restore takes. */
final class FetchedFiles implements BinlogSource, Closeable {

    private final Archive archive;
    private final int timeline;
    private final Path folder;
    private final List<Path> files = new ArrayList<>();

    FetchedFiles(Archive archive, int timeline, Path folder) throws IOException {
        this.archive = archive;
        this.timeline = timeline;
        Path above = Files.exists(folder) ? folder : PrivateFolder.make(folder);
        // Looked at after it is made: whoever could put another in its place would be asked for the password too.
        this.folder = PrivateFolder.make(Files.createTempDirectory(above.toRealPath(), "restore-"));
    }

    @Override
    public InputStream open(FileManifest file) throws IOException {
        Path copy = folder.resolve(file.file().toString());
        files.add(copy);
        try (InputStream stored = archive.open(timeline, file)) {
            Files.copy(stored, copy);
        }
        return Files.newInputStream(copy);
    }

    /** The copies of the first files, in order. */
    List<Path> first(int count) {
        return files.subList(0, count);
    }

    /** A folder that only this user may enter. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.delete(folder);
    }
}
