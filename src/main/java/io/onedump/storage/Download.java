package io.onedump.storage;

import java.io.BufferedInputStream;
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
import io.onedump.artifact.SealedName;
import io.onedump.encrypt.age.Identities;
import io.onedump.encrypt.age.IdentityException;
import io.onedump.encrypt.age.Opening;
import io.onedump.encrypt.age.SealException;

/**
 * Fetches an object into a folder: by a temporary name, checked against its sidecar while it flows, synced, then
 * renamed. A connection that breaks is taken up again where the file ends.
 */
public record Download(Backend backend, Backoff backoff, Identities identities) {

    private static final int HEAD = 64 * 1024;

    /** Of what is sealed the sealed bytes. */
    public Download(Backend backend, Backoff backoff) {
        this(backend, backoff, Identities.NONE);
    }

    /**
     * The artifact's sidecar comes with it, so that {@code sha256sum -c} works there; not with one that was opened, of
     * whose bytes it says nothing.
     *
     * @param  folder            exists
     * @return                   the file
     * @throws IdentityException when it is sealed, and the identities do not open it; nothing was written then
     * @throws StorageException  when its SHA-256 is not the one in its sidecar, or the seal is damaged; nothing is left
     *                           in the folder then
     */
    public Path fetch(String path, Path folder) throws IOException {
        try (CheckedObject object = CheckedObject.open(backend.open(), path, backoff)) {
            InputStream stored = new BufferedInputStream(object.stream(), HEAD);
            if (identities.isEmpty() || !isSealed(stored)) {
                return fetch(object, stored, ObjectPath.name(path), folder, object.sidecar().sidecar());
            }
            return fetch(object, Opening.stream(stored, identities), SealedName.plain(ObjectPath.name(path)), folder,
                    null);
        } catch (IdentityException e) {
            throw new IdentityException(path + ": " + e.getMessage(), e);
        } catch (SealException e) {
            throw new StorageException("storage: " + path + ": " + e.getMessage() + "; fetch another artifact", e);
        }
    }

    private static boolean isSealed(InputStream stored) throws IOException {
        stored.mark(HEAD);
        byte[] head = stored.readNBytes(HEAD);
        stored.reset();
        return Opening.isSealed(head);
    }

    private static Path fetch(CheckedObject object, InputStream bytes, String name, Path folder, Sidecar sidecar)
            throws IOException {
        Path temporary = folder.resolve(TemporaryName.of(name));
        try (FileChannel channel =
                FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PrivateFolder.ownFile());
                OutputStream out = Channels.newOutputStream(channel)) {
            bytes.transferTo(out);
            object.complete();
            channel.force(true);
            // An older file of that name must not be seen with the sidecar of this one.
            Files.deleteIfExists(folder.resolve(Sidecar.path(name)));
            Path file = folder.resolve(name);
            AtomicFile.rename(temporary, file);
            if (sidecar != null) {
                write(sidecar.toArtifact(), folder);
            }
            return file;
        } catch (StorageException | SealException e) {
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
