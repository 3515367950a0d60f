package io.onedump.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.Verify;

/** A folder of this machine. */
public final class FileStorage implements Storage {

    private final Path root;
    private final Verify verify;
    private final FolderSweep sweep;
    private final FileMode mode;

    /** @param root made when it does not exist yet */
    public FileStorage(Path root, Verify verify) {
        this(root, verify, new FolderSweep(), FileMode.DEFAULT);
    }

    /** @param sweep that storages of the same folder share */
    FileStorage(Path root, Verify verify, FolderSweep sweep, FileMode mode) {
        this.root = root.toAbsolutePath().normalize();
        this.verify = verify;
        this.sweep = sweep;
        this.mode = mode;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new FileUpload(this, path, verify, sweep, mode, new Publication(this, path, false, null)).run(artifact);
    }

    @Override
    public Receipt replace(String path, StoredObject before, Artifact artifact) throws IOException {
        return new FileUpload(this, path, verify, sweep, mode, new Publication(this, path, true, before))
                .run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        Path file = file(path);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(object(file, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public Optional<String> obstacle(String path) throws IOException {
        Path file = file(path);
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.empty()
                    : Optional.of(attributes.isDirectory()
                            ? "a folder stands in its place"
                            : attributes.isSymbolicLink()
                                    ? "a symbolic link stands in its place"
                                    : "a device or pipe stands in its place");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        Path folder = root.resolve(ObjectPath.folder(prefix));
        if (!Files.exists(folder)) {
            return;
        }
        try {
            // The walk follows no symbolic links, not even the one that the folder may be.
            Path real = folder.toRealPath();
            Files.walkFileTree(real, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    StoredObject object = object(folder.resolve(real.relativize(file)), attributes);
                    if (attributes.isRegularFile() && object.path().startsWith(prefix)
                            && !TemporaryName.matches(object.name())) {
                        visitor.visit(object);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        try {
            InputStream in = Files.newInputStream(file(path));
            in.skipNBytes(offset);
            return in;
        } catch (NoSuchFileException e) {
            throw new ObjectNotFoundException(location(path), e);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            Files.deleteIfExists(file(path));
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    /** Another that is about to replace or to delete the same file waits, and then finds it changed or gone. */
    @Override
    public void delete(String path, StoredObject seen) throws IOException {
        try (Closeable claim = Publication.claim(file(path))) {
            if (stat(path).isPresent()) {
                StoredMeanwhileException.check(this, path, seen);
                delete(path);
            }
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public String location(String path) {
        return "file:" + file(path);
    }

    @Override
    public void close() {
        // Nothing stays open between calls.
    }

    @Override
    public String toString() {
        return "file:" + root;
    }

    Path root() {
        return root;
    }

    Path file(String path) {
        return root.resolve(path);
    }

    StorageException failure(String action, String path, IOException e) {
        return FileFailure.of(this, action, path, e);
    }

    private StoredObject object(Path file, BasicFileAttributes attributes) {
        return new StoredObject(root.relativize(file).toString(), attributes.size(),
                attributes.lastModifiedTime().toInstant());
    }
}
