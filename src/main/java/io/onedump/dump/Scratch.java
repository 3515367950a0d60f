package io.onedump.dump;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.onedump.artifact.PrivateFolder;

/** The small files and the tunnel that one dump needs while it runs. */
final class Scratch implements Closeable {

    /** Gives paths that do not exist yet, in a folder that only this user may enter. */
    interface Paths {
        Path newFile(String name) throws IOException;
    }

    private final Paths paths;
    private final List<Closeable> resources = new ArrayList<>();

    Scratch(Paths paths) {
        this.paths = paths;
    }

    /** A path that does not exist yet; whoever makes it hands the remover to {@link #with}. */
    Path path(String name) throws IOException {
        return paths.newFile(name);
    }

    /** Writes a file that only this user may read. */
    Path secretFile(String name, String content) throws IOException {
        Path file = paths.newFile(name);
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PrivateFolder.ownFile()); var out = Channels.newOutputStream(channel)) {
            with(() -> Files.deleteIfExists(file));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    synchronized <T extends Closeable> T with(T resource) {
        resources.add(resource);
        return resource;
    }

    /**
     * Removes the files and closes the tunnel. Who writes a dump and who reads it may do so at the same moment; both
     * return when all are gone.
     */
    @Override
    public synchronized void close() throws IOException {
        IOException failure = null;
        for (Closeable resource : resources) {
            try {
                resource.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        resources.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
