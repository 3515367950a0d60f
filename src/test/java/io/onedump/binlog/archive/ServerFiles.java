package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.binlog.event.BinlogName;

/** Compares an archive with the files of the server it was made from. */
public final class ServerFiles {

    /** The low byte of the first event's flags: the server sets a bit there while it writes the file. */
    private static final int IN_USE_AT = 21;

    private final Path folder;

    public ServerFiles(Path folder) {
        this.folder = folder;
    }

    public List<BinlogName> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(BinlogName::matches).map(BinlogName::parse)
                    .filter(name -> name.base().equals("binlog")).sorted().toList();
        }
    }

    /** Every byte of every file that the server has, the in-use bit excepted. */
    public void assertArchived(Archive archive, int timeline) throws IOException {
        assertThat(archive.files(timeline)).containsAll(names());
        for (BinlogName name : names()) {
            assertArchived(archive, timeline, name);
        }
    }

    private void assertArchived(Archive archive, int timeline, BinlogName name) throws IOException {
        FileManifest manifest = archive.manifest(timeline, name).orElseThrow();
        Path file = folder.resolve(name.toString());
        assertThat(manifest.size()).as("size of %s", name).isEqualTo(Files.size(file));
        try (InputStream archived = archive.open(timeline, manifest);
                InputStream original = Files.newInputStream(file)) {
            byte[] there = new byte[1 << 16];
            long at = 0;
            int count;
            while ((count = original.readNBytes(there, 0, there.length)) > 0) {
                byte[] here = archived.readNBytes(count);
                if (at == 0) {
                    there[IN_USE_AT] = 0;
                    here[IN_USE_AT] = 0;
                }
                int difference = Arrays.mismatch(here, 0, here.length, there, 0, count);
                assertThat(difference).as("first different byte of %s, counted from %d", name, at).isNegative();
                at += count;
            }
            assertThat(archived.read()).as("bytes after the end of %s", name).isNegative();
        }
    }
}
