package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.PrivateFolder;

/**
 * Fetches an object into a folder: by a temporary name, checked against its sidecar while it flows, synced, then
 * renamed. A connection that breaks is taken up again where the file ends.
 */
public record Download(Backend backend, Backoff backoff) {

    /**
     * The artifact's sidecar comes with it, so that {@code sha256sum -c} works there.
     *
     * @param  folder           exists
     * @return                  the file
     * @throws StorageException when its SHA-256 is not the one in its sidecar; nothing is left in the folder then
     */
    public Path fetch(String path, Path folder) throws IOException {
        String name = ObjectPath.name(path);
        Path temporary = folder.resolve(TemporaryName.of(name));
        try (CheckedObject object = CheckedObject.open(backend.open(), path, backoff);
                FileChannel channel =
                        FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PrivateFolder.ownFile());
                OutputStream out = Channels.newOutputStream(channel)) {
            object.stream().transferTo(out);
            object.complete();
            channel.force(true);
            // An older file of that name must not be seen with the sidecar of this one.
            Files.deleteIfExists(folder.resolve(Sidecar.path(name)));
            Path file = folder.resolve(name);
            AtomicFile.rename(temporary, file);
            if (object.sidecar().sidecar() != null) {
                write(object.sidecar().sidecar().toArtifact(), folder);
            }
            return file;
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageException("cannot write " + folder.resolve(name) + ": " + e.getMessage()
                    + "; make room there, or name another folder", e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void write(Artifact sidecar, Path folder) throws IOException {
        try (InputStream in = sidecar.open()) {
            AtomicFile.write(folder.resolve(sidecar.name()), in.readAllBytes());
        }
    }
}
