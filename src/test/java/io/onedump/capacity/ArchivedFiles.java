package io.onedump.capacity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Compression;

/** What a folder storage has of one archive, read from its objects alone. */
final class ArchivedFiles {

    private final Path timeline;

    /** @param folder the storage's */
    ArchivedFiles(Path folder) {
        timeline = folder.resolve("timeline-0001");
    }

    /** Bytes of the log that its manifests name. */
    long size() throws IOException {
        long size = 0;
        for (Path manifest : manifests()) {
            List<String[]> pieces = pieces(manifest);
            size += pieces.isEmpty() ? 0 : Long.parseLong(pieces.get(pieces.size() - 1)[1]);
        }
        return size;
    }

    /** @return what is not as the server has it, or null */
    String difference(List<byte[]> files) throws IOException {
        List<Path> manifests = manifests();
        if (manifests.size() != files.size()) {
            return timeline + " has " + manifests.size() + " files, the server " + files.size();
        }
        for (int i = 0; i < files.size(); i++) {
            byte[] archived = new byte[0];
            for (String[] piece : pieces(manifests.get(i))) {
                Path object = timeline.resolve(piece[4]);
                try (InputStream in = Compression.ofName(piece[4]).decompress(Files.newInputStream(object))) {
                    byte[] more = in.readAllBytes();
                    archived = Arrays.copyOf(archived, archived.length + more.length);
                    System.arraycopy(more, 0, archived, archived.length - more.length, more.length);
                }
            }
            int difference = Arrays.mismatch(archived, files.get(i));
            if (difference >= 0) {
                return manifests.get(i) + " differs from byte " + difference + " of " + files.get(i).length;
            }
        }
        return null;
    }

    private List<Path> manifests() throws IOException {
        if (!Files.isDirectory(timeline)) {
            return List.of();
        }
        try (Stream<Path> objects = Files.list(timeline)) {
            return objects.filter(object -> object.toString().endsWith(".manifest")).sorted().toList();
        }
    }

    private static List<String[]> pieces(Path manifest) throws IOException {
        List<String[]> pieces = new ArrayList<>();
        for (String line : Files.readAllLines(manifest)) {
            if (line.startsWith("piece ")) {
                pieces.add(line.substring("piece ".length()).split(" ", 5));
            }
        }
        return pieces;
    }
}
