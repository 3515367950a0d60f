package io.onedump.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;

/**
 * Replaces files as a whole: whenever the process or the machine dies, the file is the old one or the new one, never
 * empty and never half of it. A rename alone is not enough for that: a file system may put the new name on disk before
 * the bytes.
 */
public final class AtomicFile {

    private static final Logger LOG = CleanLog.of(AtomicFile.class);
    private static final String TEMPORARY = ".new";
    /** Nobody writes a small file for so long. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private AtomicFile() {
    }

    /** Makes or replaces a file that everybody may read whom the process's umask lets. */
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, content);
    }

    /** Makes or replaces a file that only its owner may read, from its first byte on. */
    public static void writePrivate(Path file, byte[] content) throws IOException {
        replace(file, content, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void replace(Path file, byte[] content, FileAttribute<?>... attributes) throws IOException {
        // A symbolic link stays one: what it points to is replaced.
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        sweep(target);
        Path temporary = target.resolveSibling(prefix(target) + UUID.randomUUID().toString().substring(0, 8)
                + TEMPORARY);
        try (FileChannel channel = FileChannel.open(temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            rename(temporary, target);
        } catch (IOException | RuntimeException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /**
     * Gives a file, which was synced already, its final name, and replaces what has that name. Both are in the same
     * folder or at least on the same file system.
     */
    public static void rename(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(file.toAbsolutePath().getParent());
    }

    /**
     * Gives a file, which was synced already, a final name that nothing has, in one step.
     *
     * @throws FileAlreadyExistsException    when something has it
     * @throws UnsupportedOperationException when the file system cannot do so
     */
    public static void add(Path temporary, Path file) throws IOException {
        Files.createLink(file, temporary);
        Files.delete(temporary);
        syncFolder(file.toAbsolutePath().getParent());
    }

    /** Makes the names in a folder survive a crash of the machine. */
    public static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** What killed processes have left of earlier writes; by its age, because not every file system has locks. */
    private static void sweep(Path file) throws IOException {
        String prefix = prefix(file);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file.getParent(), path -> {
            String name = path.getFileName().toString();
            return name.startsWith(prefix) && name.endsWith(TEMPORARY);
        })) {
            for (Path left : files) {
                if (Files.getLastModifiedTime(left).toInstant().isBefore(Instant.now().minus(ABANDONED))
                        && Files.deleteIfExists(left)) {
                    LOG.info("removed {}, left by a process that was killed", left);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was removed by somebody else", e.getFile());
        }
    }

    private static String prefix(Path file) {
        return "." + file.getFileName() + ".";
    }
}
