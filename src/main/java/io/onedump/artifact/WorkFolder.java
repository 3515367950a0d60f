package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.slf4j.Logger;

/**
 * This process's own scratch folder {@code <root>/run-*}, readable by its user only. It holds a locked file for as long
 * as the process lives, so the next process knows which folders a killed one has left, and removes them.
 */
public final class WorkFolder implements Closeable {

    /** The property that names the root. */
    public static final String PROPERTY = "onedump.work-directory";

    private static final Logger LOG = CleanLog.of(WorkFolder.class);
    private static final String RUN = "run-";
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileClaim claim;
    private final AtomicLong sequence = new AtomicLong();

    /** Where it is when nobody says where: a folder of this user's own, with room for dumps. */
    public static Path defaultRoot() {
        String cache = System.getenv("XDG_CACHE_HOME");
        return cache == null || cache.isBlank() || !Path.of(cache).isAbsolute()
                ? Path.of("/var/tmp", "onedump-" + ProcessOwner.number())
                : Path.of(cache, "onedump");
    }

    private WorkFolder(Path folder, FileClaim claim) {
        this.folder = folder;
        this.claim = claim;
    }

    /** The root where there is no configuration: of the property as Java has it, or else the default. */
    public static Path root() {
        String named = System.getProperty(PROPERTY, System.getenv("ONEDUMP_WORK_DIRECTORY"));
        return named == null ? defaultRoot() : Path.of(named);
    }

    /** Makes the folder below {@code root}, which is made too if need be, and sweeps what killed processes left. */
    public static WorkFolder open(Path root) throws IOException {
        try {
            return openLocked(PrivateFolder.make(root));
        } catch (IOException e) {
            throw new IOException("work folder " + root + ": cannot be used: " + reason(e)
                    + "; make it writable or set " + PROPERTY + " to another folder", e);
        }
    }

    /** Under a lock on the root, so that nobody sweeps a folder between its making and its locking. */
    private static WorkFolder openLocked(Path root) throws IOException {
        try (FileClaim held = FileClaim.await(root.resolve(LOCK),
                () -> LOG.debug("another process makes its folder in {}", root))) {
            Path folder = root.resolve(RUN + ProcessHandle.current().pid() + "-"
                    + UUID.randomUUID().toString().substring(0, 8));
            Files.createDirectory(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileClaim claim = FileClaim.create(folder.resolve(LOCK), PrivateFolder.ownFile());
            sweep(root);
            return new WorkFolder(folder, claim);
        }
    }

    /** A path in this folder that was never given out before; the file does not exist yet. */
    public Path newFile(String name) {
        return folder.resolve(sequence.incrementAndGet() + "-" + name.replaceAll("[^A-Za-z0-9._-]", "_"));
    }

    /** Removes the folder with all that is in it. */
    @Override
    public void close() throws IOException {
        claim.close();
        remove(folder);
    }

    private static void sweep(Path root) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, RUN + "*")) {
            for (Path folder : folders) {
                // The root's lock is held: nobody is about to make a lock file in a folder that has none.
                if (FileClaim.isAbandoned(folder.resolve(LOCK)) || !Files.exists(folder.resolve(LOCK))) {
                    LOG.info("removing {}, left by a process that was killed", folder);
                    remove(folder);
                }
            }
        }
    }

    /** Removes a folder with all that is in it; links are not followed. */
    public static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} is being removed by its own process", folder);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e.getCause();
            }
            LOG.debug("{} is being removed by its own process", folder);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.toString();
    }
}
