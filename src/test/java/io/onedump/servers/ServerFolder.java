package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A temporary folder, readable by its owner only, that goes with everything in it. */
final class ServerFolder implements AutoCloseable {

    private final Path path;
    private final Runnable removal = this::delete;

    private ServerFolder(Path path) {
        this.path = path;
        Leftovers.add(removal);
    }

    /** @param server the name of the server, seen in the folder's name */
    static ServerFolder create(String server) {
        try {
            return new ServerFolder(Files.createTempDirectory("onedump-" + server + "-").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder for " + server, e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Copies a folder to {@code name}, keeping owner and permissions, which database servers insist on. */
    Path copyOf(Path folder, String name) {
        Path copy = resolve(name);
        Command.of("cp", "-a", folder.toString(), copy.toString()).run();
        return copy;
    }

    @Override
    public void close() {
        Leftovers.forget(removal);
        delete();
    }

    private void delete() {
        try {
            Files.walkFileTree(path, new DeleteEverything());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }

    private static final class DeleteEverything extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
