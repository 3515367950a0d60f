package io.onedump.binlog.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.binlog.event.BinlogName;

/** The binlog files that a storage keeps, by timeline. */
public final class Archive {

    /** A manifest has a line of some 200 bytes for each of a file's pieces; what is longer is not read. */
    private static final int LONGEST_MANIFEST = 16 << 20;

    private static final int LONGEST_TEXT = 1 << 20;

    private final ArchiveStore store;
    /** Manifests of closed files, which never change. */
    private final Map<String, FileManifest> closed = new ConcurrentHashMap<>();
    /** By timeline, for the one thread that stores. */
    private final Map<Integer, NavigableSet<String>> parts = new HashMap<>();
    private final Set<Integer> listed = new HashSet<>();

    public Archive(ArchiveStore store) {
        this.store = store;
    }

    /** What older versions have kept around this place, if anything. */
    Optional<Archive> around() {
        return store.around().map(Archive::new);
    }

    /** The newest timeline; empty for an archive that has not begun. */
    public OptionalInt newestTimeline() throws IOException {
        return newest(store.list("timeline-"));
    }

    private static OptionalInt newest(List<String> objects) {
        return objects.stream().filter(ArchiveNames::isManifest)
                .flatMapToInt(name -> ArchiveNames.timeline(name).stream()).max();
    }

    /** The names of the files of a timeline that have a manifest, oldest first. */
    public List<BinlogName> files(int timeline) throws IOException {
        return list(timeline).files();
    }

    /** The newest timeline with the names of all it has; empty for an archive that has not begun. */
    Optional<TimelineListing> newest() throws IOException {
        List<String> objects = store.list("timeline-");
        OptionalInt newest = newest(objects);
        return newest.isEmpty() ? Optional.empty() : Optional.of(new TimelineListing(newest.getAsInt(), objects));
    }

    private TimelineListing list(int timeline) throws IOException {
        return new TimelineListing(timeline, store.list(ArchiveNames.folder(timeline) + "/"));
    }

    /** The manifests of a timeline, oldest file first; those of closed files are read once. */
    public List<FileManifest> manifests(int timeline) throws IOException {
        List<FileManifest> manifests = new ArrayList<>();
        for (BinlogName file : files(timeline)) {
            manifests.add(present(timeline, file));
        }
        return manifests;
    }

    /** The manifest of a file that has one; that of a closed file is read once. */
    FileManifest present(int timeline, BinlogName file) throws IOException {
        String name = ArchiveNames.object(timeline, ArchiveNames.manifest(file));
        FileManifest manifest = closed.get(name);
        if (manifest == null) {
            manifest = manifest(timeline, file).orElseThrow(
                    () -> new IOException("the manifest of " + file + " went away while the archive was read"));
        }
        if (manifest.closed()) {
            closed.put(name, manifest);
        }
        return manifest;
    }

    public Optional<FileManifest> manifest(int timeline, BinlogName file) throws IOException {
        return manifest(timeline, file, true);
    }

    /** What a manifest says whose own CRC-32 does not fit, for whoever looks for more damage. */
    public Optional<FileManifest> damagedManifest(int timeline, BinlogName file) throws IOException {
        return manifest(timeline, file, false);
    }

    private Optional<FileManifest> manifest(int timeline, BinlogName file, boolean checked) throws IOException {
        String name = ArchiveNames.object(timeline, ArchiveNames.manifest(file));
        try (InputStream in = store.get(name)) {
            byte[] text = in.readNBytes(LONGEST_MANIFEST + 1);
            if (text.length > LONGEST_MANIFEST) {
                throw new IOException("the archive's " + name + " has more than " + LONGEST_MANIFEST
                        + " bytes, so it is no manifest");
            }
            FileManifest manifest = FileManifest.parse(name, new String(text, StandardCharsets.UTF_8), checked);
            if (!manifest.file().equals(file)) {
                throw new IOException("the archive's " + name + " is the manifest of " + manifest.file()
                        + ": somebody has renamed or copied it");
            }
            return Optional.of(manifest);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Until when a timeline is known to be complete beyond its newest event, as of an idle server; empty where nothing
     * is known. What is wrong with the record is not fatal: then it is not known either.
     */
    public Optional<Completeness> complete(int timeline) throws IOException {
        Optional<String> text = text(ArchiveNames.object(timeline, Completeness.OBJECT));
        return text.flatMap(Completeness::parse);
    }

    void put(int timeline, Completeness complete) throws IOException {
        put(ArchiveNames.object(timeline, Completeness.OBJECT), complete.text());
    }

    /** A small text that is kept beside the files; empty when there is none. */
    Optional<String> text(String name) throws IOException {
        try (InputStream in = store.get(name)) {
            byte[] text = in.readNBytes(LONGEST_TEXT + 1);
            if (text.length > LONGEST_TEXT) {
                throw new IOException("the archive's " + name + " has more than " + LONGEST_TEXT + " bytes, so it is"
                        + " none of ours");
            }
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    void put(String name, String text) throws IOException {
        store.put(name, new BytesArtifact(name.substring(name.lastIndexOf('/') + 1),
                text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes of a file as the server has them; what the storage spoiled is noticed while reading. */
    public InputStream open(int timeline, FileManifest file) {
        return new PiecesInputStream(store, ArchiveNames.folder(timeline), file, () -> manifest(timeline, file.file())
                .filter(now -> now.format().equals(file.format())).map(FileManifest::pieces).orElse(List.of()));
    }

    void put(int timeline, FileManifest manifest) throws IOException {
        put(ArchiveNames.object(timeline, ArchiveNames.manifest(manifest.file())), manifest.text());
    }

    /** The names of all objects of all timelines. */
    List<String> objects() throws IOException {
        return store.list("timeline-");
    }

    /**
     * Removes a file with its manifest. The bytes go first: a manifest whose file is gone is seen, and the next run
     * goes on with it.
     *
     * @param objects all that there are, as {@link #objects()} says
     */
    void remove(int timeline, BinlogName file, List<String> objects) throws IOException {
        String folder = ArchiveNames.folder(timeline) + "/";
        for (String object : objects) {
            if (object.startsWith(folder)) {
                String own = object.substring(folder.length());
                if (ArchiveNames.ofPart(own).or(() -> ArchiveNames.ofWhole(own)).filter(file::equals).isPresent()) {
                    delete(object);
                }
            }
        }
        delete(folder + ArchiveNames.manifest(file));
    }

    void delete(String name) throws IOException {
        closed.remove(name);
        store.delete(name);
    }

    /** @param piece named without the timeline's folder */
    void put(int timeline, Artifact piece) throws IOException {
        if (ArchiveNames.ofPart(piece.name()).isPresent()) {
            parts.computeIfAbsent(timeline, none -> new TreeSet<>()).add(piece.name());
        }
        store.put(ArchiveNames.object(timeline, piece.name()), piece);
    }

    /**
     * Removes the parts of a file that its manifest, which is stored, does not name: it has the file as a whole, or has
     * them merged, or a crash kept them from it.
     */
    void discardParts(int timeline, FileManifest manifest) throws IOException {
        Set<String> named = manifest.pieces().stream().map(Piece::object).collect(Collectors.toSet());
        NavigableSet<String> parts = parts(timeline);
        String prefix = manifest.file() + ".";
        for (String part : List.copyOf(parts.subSet(prefix, prefix + Character.MAX_VALUE))) {
            if (!named.contains(part)) {
                store.delete(ArchiveNames.object(timeline, part));
                parts.remove(part);
            }
        }
    }

    /** The parts in a timeline, without its folder. Listed once: nobody else stores any. */
    private NavigableSet<String> parts(int timeline) throws IOException {
        NavigableSet<String> known = parts.computeIfAbsent(timeline, none -> new TreeSet<>());
        if (!listed.contains(timeline)) {
            String folder = ArchiveNames.folder(timeline) + "/";
            store.list(folder).stream().map(object -> object.substring(folder.length()))
                    .filter(name -> ArchiveNames.ofPart(name).isPresent()).forEach(known::add);
            listed.add(timeline);
        }
        return known;
    }
}
