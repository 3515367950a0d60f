package io.onedump.binlog.archive;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.binlog.event.BinlogName;

/**
 * Binlog files in a folder, as a server wrote them or {@code mysqlbinlog --raw} copied them, seen as an archive of one
 * timeline. Every event of them is checked when the folder is opened. Nothing can be written to it.
 */
public final class PlainFiles implements ArchiveStore {

    private static final int TIMELINE = 1;

    private final Map<String, byte[]> manifests = new TreeMap<>();
    private final Map<String, Path> files = new TreeMap<>();

    private PlainFiles() {
    }

    /** @throws IOException when there are none, or one of them is broken before the last one's end */
    public static PlainFiles of(Path folder) throws IOException {
        PlainFiles plain = new PlainFiles();
        List<BinlogName> names = names(folder);
        for (int i = 0; i < names.size(); i++) {
            plain.add(folder, names.get(i), i + 1 == names.size());
        }
        return plain;
    }

    private static List<BinlogName> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<BinlogName> names = entries.map(file -> file.getFileName().toString()).filter(BinlogName::matches)
                    .map(BinlogName::parse).sorted().toList();
            if (names.isEmpty()) {
                throw new IOException("the folder " + folder + " has no binlog files, such as binlog.000042");
            }
            if (names.stream().map(BinlogName::base).distinct().count() > 1) {
                throw new IOException("the folder " + folder + " has files of more than one log: "
                        + String.join(", ", names.stream().map(BinlogName::base).distinct().toList())
                        + "; put those of one server into a folder of their own");
            }
            return names;
        } catch (NoSuchFileException e) {
            throw new IOException("the folder " + folder + " does not exist", e);
        }
    }

    private void add(Path folder, BinlogName name, boolean newest) throws IOException {
        Path file = folder.resolve(name.toString());
        FileScan scan = FileScan.of(name, file);
        if (scan.format() == null || scan.problem() != null) {
            throw new IOException(file + " is broken at " + scan.good() + ": " + (scan.problem() == null
                    ? "it has no event"
                    : scan.problem().getMessage()));
        }
        Digest digest = Hasher.of(Files.newInputStream(file));
        if (digest.size() != scan.good()) {
            throw new IOException(file + " was written to while it was read; give a copy of it");
        }
        // A server that was killed leaves a file without its last event, and goes on with the next number.
        BinlogName next = newest ? null : scan.next() == null ? name.next() : scan.next();
        FileManifest manifest = new FileManifest(name, newest ? FileManifest.State.OPEN : FileManifest.State.CLOSED,
                "", scan.server(), scan.formatDigest(), scan.first(), scan.last(), next,
                List.of(Piece.of(name.toString(), 0, scan.good(), digest)));
        files.put(ArchiveNames.object(TIMELINE, name.toString()), file);
        manifests.put(ArchiveNames.object(TIMELINE, ArchiveNames.manifest(name)),
                manifest.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> list(String prefix) {
        return Stream.concat(files.keySet().stream(), manifests.keySet().stream())
                .filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public InputStream get(String name) throws IOException {
        if (manifests.containsKey(name)) {
            return new ByteArrayInputStream(manifests.get(name));
        }
        if (files.containsKey(name)) {
            return Files.newInputStream(files.get(name));
        }
        throw new FileNotFoundException(name);
    }

    @Override
    public void put(String name, Artifact artifact) {
        throw new UnsupportedOperationException("the folder of binlog files is only read");
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException("the folder of binlog files is only read");
    }
}
