package io.onedump.binlog.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;

/** An archive in a folder, with faults on demand. Nothing comes or goes while it is listed. */
public final class FolderStore implements ArchiveStore {

    /** What goes wrong with one call; answers normally by doing nothing. */
    public interface Fault {
        /** @param call {@code put}, {@code put-late} (after storing), {@code list}, {@code get} or {@code delete} */
        void strike(String call, String name) throws IOException;
    }

    private final Path folder;
    private volatile Fault fault = (call, name) -> {
    };

    public FolderStore(Path folder) {
        this.folder = folder;
    }

    public void fail(Fault next) {
        fault = next;
    }

    public void heal() {
        fault = (call, name) -> {
        };
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    /** Changes what is stored, as failing hardware would. */
    public void spoil(String name, UnaryOperator<byte[]> change) throws IOException {
        Files.write(path(name), change.apply(Files.readAllBytes(path(name))));
    }

    @Override
    public void put(String name, Artifact artifact) throws IOException {
        fault.strike("put", name);
        Path target = path(name);
        Files.createDirectories(target.getParent());
        Path temporary = Files.createTempFile(folder.toAbsolutePath().getParent(), "put", ".tmp");
        try (InputStream in = artifact.open()) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
        }
        synchronized (this) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        fault.strike("put-late", name);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        fault.strike("list", prefix);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        synchronized (this) {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString())
                        .filter(name -> name.startsWith(prefix)).toList();
            }
        }
    }

    @Override
    public InputStream get(String name) throws IOException {
        fault.strike("get", name);
        try {
            return Files.newInputStream(path(name));
        } catch (NoSuchFileException e) {
            throw new FileNotFoundException(name);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        fault.strike("delete", name);
        synchronized (this) {
            Files.deleteIfExists(path(name));
        }
    }
}
