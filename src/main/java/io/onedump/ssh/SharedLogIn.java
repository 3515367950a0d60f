package io.onedump.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/**
 * Lets several {@code ssh} processes use one connection and log-in ({@code ControlMaster} of {@code ssh_config(5)}):
 * servers count log-ins, and each takes several round trips. The processes meet at a socket in a folder that only this
 * user can enter.
 */
final class SharedLogIn implements Closeable {

    private static final Logger LOG = CleanLog.of(SharedLogIn.class);

    /** Names of sockets have 108 bytes at the most, of which ssh needs 17 while it makes one. */
    private static final int LONGEST = 90;

    private final Path folder;

    private SharedLogIn(Path folder) {
        this.folder = folder;
    }

    /** @return empty where there is no room for a socket; each process then logs in by itself */
    static Optional<SharedLogIn> create() {
        try {
            SharedLogIn shared = new SharedLogIn(Files.createTempDirectory("onedump-ssh-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
            if (shared.socket().toString().matches("[^%\"$~\\s]{1," + LONGEST + "}")) {
                return Optional.of(shared);
            }
            shared.close();
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("each ssh process logs in by itself: {}", e.getMessage());
        }
        return Optional.empty();
    }

    /** Of the process that logs in. */
    List<String> first() {
        return List.of("-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-o", "ControlPath=" + socket());
    }

    /** Of those that use its connection, and log in themselves where they cannot. */
    List<String> further() {
        return List.of("-o", "ControlMaster=no", "-o", "ControlPath=" + socket());
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("{}: {}", folder, e.getMessage());
        }
    }

    private Path socket() {
        return folder.resolve("s");
    }
}
