package io.onedump.binlog.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.artifact.BytesArtifact;
import io.onedump.binlog.event.BinlogName;

/** The binlog files that a storage keeps, by timeline. */
public final class Archive {

    private final ArchiveStore store;
    /** Manifests of closed files, which never change. */
    private final Map<String, FileManifest> closed = new ConcurrentHashMap<>();

    public Archive(ArchiveStore store) {
        this.store = store;
    }

    /** The newest timeline; empty for an archive that has not begun. */
    public OptionalInt newestTimeline() throws IOException {
        return store.list("timeline-").stream().filter(ArchiveNames::isManifest)
                .flatMapToInt(name -> ArchiveNames.timeline(name).stream()).max();
    }

    /** The names of the files of a timeline that have a manifest, oldest first. */
    public List<BinlogName> files(int timeline) throws IOException {
        String folder = ArchiveNames.folder(timeline) + "/";
        return store.list(folder).stream().filter(ArchiveNames::isManifest)
                .map(name -> name.substring(folder.length(), name.lastIndexOf('.')))
                .filter(BinlogName::matches).map(BinlogName::parse).sorted().toList();
    }

    /** The manifests of a timeline, oldest file first; those of closed files are read once. */
    public List<FileManifest> manifests(int timeline) throws IOException {
        List<FileManifest> manifests = new ArrayList<>();
        for (BinlogName file : files(timeline)) {
            String name = ArchiveNames.object(timeline, ArchiveNames.manifest(file));
            FileManifest manifest = closed.get(name);
            if (manifest == null) {
                manifest = manifest(timeline, file).orElseThrow(
                        () -> new IOException("the manifest of " + file + " went away while the archive was read"));
            }
            if (manifest.closed()) {
                closed.put(name, manifest);
            }
            manifests.add(manifest);
        }
        return manifests;
    }

    public Optional<FileManifest> manifest(int timeline, BinlogName file) throws IOException {
        String name = ArchiveNames.object(timeline, ArchiveNames.manifest(file));
        try (InputStream in = store.get(name)) {
            return Optional.of(FileManifest.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The bytes of a file as the server has them; what the storage spoiled is noticed while reading. */
    public InputStream open(int timeline, FileManifest file) {
        return new PiecesInputStream(store, ArchiveNames.folder(timeline), file.pieces());
    }

    void put(int timeline, FileManifest manifest) throws IOException {
        String name = ArchiveNames.manifest(manifest.file());
        store.put(ArchiveNames.object(timeline, name),
                new BytesArtifact(name, manifest.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** Removes the segments of a file that is stored as a whole, and those that a crash kept from its manifest. */
    void discardParts(int timeline, BinlogName file) throws IOException {
        List<String> named = manifest(timeline, file).stream().flatMap(manifest -> manifest.pieces().stream())
                .map(piece -> ArchiveNames.object(timeline, piece.object())).toList();
        for (String object : store.list(ArchiveNames.object(timeline, file + "."))) {
            if (ArchiveNames.isPart(object) && !named.contains(object)) {
                store.delete(object);
            }
        }
    }

    ArchiveStore store() {
        return store;
    }
}
