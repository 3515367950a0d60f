package io.onedump.capacity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Compression;

/** What a storage has of one archive, read from its objects alone. */
final class ArchivedFiles {

    private static final String TIMELINE = "timeline-0001/";

    private final Objects objects;

    ArchivedFiles(Objects objects) {
        this.objects = objects;
    }

    /** Where the objects are. */
    interface Objects {
        /** Of the archive, without its folder. */
        List<String> names() throws IOException;

        byte[] get(String name) throws IOException;
    }

    /** Those in a folder. */
    static Objects in(Path folder) {
        return new Objects() {
            @Override
            public List<String> names() throws IOException {
                if (!Files.isDirectory(folder.resolve(TIMELINE))) {
                    return List.of();
                }
                try (Stream<Path> files = Files.list(folder.resolve(TIMELINE))) {
                    return files.map(file -> TIMELINE + file.getFileName()).toList();
                }
            }

            @Override
            public byte[] get(String name) throws IOException {
                return Files.readAllBytes(folder.resolve(name));
            }
        };
    }

    /** Bytes of the log that its manifests name. */
    long size() throws IOException {
        long size = 0;
        for (String manifest : manifests()) {
            List<String[]> pieces = pieces(manifest);
            size += pieces.isEmpty() ? 0 : Long.parseLong(pieces.get(pieces.size() - 1)[1]);
        }
        return size;
    }

    /** @return what is not as the server has it, or null */
    String difference(List<byte[]> files) throws IOException {
        List<String> manifests = manifests();
        if (manifests.size() != files.size()) {
            return manifests.size() + " files are archived, the server has " + files.size();
        }
        for (int i = 0; i < files.size(); i++) {
            ByteArrayOutputStream archived = new ByteArrayOutputStream();
            for (String[] piece : pieces(manifests.get(i))) {
                InputStream object = new ByteArrayInputStream(objects.get(TIMELINE + piece[4]));
                try (InputStream in = Compression.ofName(piece[4]).decompress(object)) {
                    in.transferTo(archived);
                }
            }
            int difference = Arrays.mismatch(archived.toByteArray(), files.get(i));
            if (difference >= 0) {
                return manifests.get(i) + " differs from byte " + difference + " of " + files.get(i).length;
            }
        }
        return null;
    }

    private List<String> manifests() throws IOException {
        return objects.names().stream().filter(name -> name.endsWith(".manifest")).sorted().toList();
    }

    private List<String[]> pieces(String manifest) throws IOException {
        return new String(objects.get(manifest), StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith("piece "))
                .map(line -> line.substring("piece ".length()).split(" ", 5)).toList();
    }
}
