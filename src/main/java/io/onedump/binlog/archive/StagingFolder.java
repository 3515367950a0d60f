package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.PrivateFolder;
import io.onedump.binlog.event.BinlogName;

/**
 * The binlog files of one timeline that are on local disk: {@code binlog.000007} is whole, {@code binlog.000008.part}
 * is being written, {@code binlog.000006.cut} will never be whole. Of several {@code .part} files all but the newest
 * are whole, because a file is synced to disk before the next one is made.
 */
final class StagingFolder {

    private static final String PART = ".part";
    private static final String CUT = ".cut";
    private static final String SERVER = "server";

    private final Path folder;
    private final int timeline;
    private final String server;

    private StagingFolder(Path folder, int timeline, String server) {
        this.folder = folder;
        this.timeline = timeline;
        this.server = server;
    }

    /** Makes the folder of a new timeline. */
    static StagingFolder create(Path root, int timeline, String server) throws IOException {
        Path folder = PrivateFolder.make(root.resolve(ArchiveNames.folder(timeline)));
        AtomicFile.write(folder.resolve(SERVER), server.getBytes(StandardCharsets.UTF_8));
        return new StagingFolder(folder, timeline, server);
    }

    /** The timelines that have a folder, oldest first. */
    static List<StagingFolder> all(Path root) throws IOException {
        PrivateFolder.make(root);
        List<StagingFolder> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                OptionalInt timeline = ArchiveNames.timeline(folder.getFileName().toString());
                if (timeline.isPresent() && Files.exists(folder.resolve(SERVER))) {
                    found.add(new StagingFolder(folder, timeline.getAsInt(), Files.readString(folder.resolve(SERVER))));
                }
            }
        }
        found.sort(Comparator.comparingInt(StagingFolder::timeline));
        return found;
    }

    int timeline() {
        return timeline;
    }

    /** The unique name of the server whose files these are; empty where it has none. */
    String server() {
        return server;
    }

    Path part(BinlogName file) {
        return folder.resolve(file + PART);
    }

    Path closed(BinlogName file) {
        return folder.resolve(file.toString());
    }

    Path cut(BinlogName file) {
        return folder.resolve(file + CUT);
    }

    List<BinlogName> parts() throws IOException {
        return names(PART);
    }

    List<BinlogName> closed() throws IOException {
        return names("");
    }

    List<BinlogName> cuts() throws IOException {
        return names(CUT);
    }

    /** After a stop of any kind: what is whole gets its final name, and what was written last loses its torn end. */
    Optional<FileScan> recover() throws IOException {
        List<BinlogName> parts = parts();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        for (BinlogName whole : parts.subList(0, parts.size() - 1)) {
            close(whole);
        }
        BinlogName newest = parts.get(parts.size() - 1);
        FileScan scan = FileScan.of(newest, part(newest));
        try (FileChannel channel = FileChannel.open(part(newest), StandardOpenOption.WRITE)) {
            channel.truncate(scan.good());
        }
        return Optional.of(scan);
    }

    /** Gives a file its final name: it is whole and on disk. */
    void close(BinlogName file) throws IOException {
        AtomicFile.rename(part(file), closed(file));
    }

    /** Marks a file as one that will never be whole. */
    void cutOff(BinlogName file) throws IOException {
        AtomicFile.rename(part(file), cut(file));
    }

    /** Removes it with all that is in it. */
    void remove() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** Makes names survive a crash of the machine. */
    void sync() throws IOException {
        AtomicFile.syncFolder(folder);
    }

    private List<BinlogName> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .filter(BinlogName::matches).map(BinlogName::parse).sorted().toList();
        }
    }
}
