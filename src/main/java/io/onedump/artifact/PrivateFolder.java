package io.onedump.artifact;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Folders in which nobody but this process's user, and root, can put, replace or read anything: for what is worth
 * stealing and for what programs are told by a file.
 */
public final class PrivateFolder {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int STICKY = 01000;

    private PrivateFolder() {
    }

    /**
     * Makes the folder, and those above it that are missing, with mode 0700. One that is there must be this user's own
     * folder, no symbolic link, and writable to nobody else; and so that nobody can put another in its place, all
     * folders above it must be this user's or root's and writable to them alone, or sticky as {@code /tmp} is.
     *
     * @throws IOException when somebody else could get at it, saying how to change that
     */
    public static Path make(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        makeMissing(absolute);
        check(absolute);
        return absolute;
    }

    /** The attribute of a new file that only its owner may read, from its first byte on. */
    public static FileAttribute<?> ownFile() {
        return OWNER_ONLY_FILE;
    }

    /** Makes the folder, and those above it that are missing, with mode 0700, and leaves one that is there as it is. */
    public static void makeMissing(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (folder.getParent() != null) {
            makeMissing(folder.getParent());
        }
        try {
            Files.createDirectory(folder, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // Made by another process in this moment; whose it is, is looked at next.
        }
    }

    private static void check(Path folder) throws IOException {
        PosixFileAttributes attributes = attributes(folder);
        if (attributes.isSymbolicLink()) {
            throw new IOException(folder + " is a symbolic link; name the folder that it leads to");
        }
        if (!attributes.isDirectory()) {
            throw new IOException(folder + " is no folder");
        }
        String user = ProcessOwner.name();
        if (!attributes.owner().getName().equals(user)) {
            throw new IOException(folder + " belongs to " + attributes.owner().getName() + ", not to " + user
                    + ", who runs this process");
        }
        if (isWritableToOthers(attributes)) {
            throw new IOException(folder + " is writable to other users; take that away: chmod go-w " + folder);
        }
        for (Path above = folder.toRealPath().getParent(); above != null; above = above.getParent()) {
            checkAbove(folder, above, user);
        }
    }

    private static void checkAbove(Path folder, Path above, String user) throws IOException {
        PosixFileAttributes attributes = attributes(above);
        String owner = attributes.owner().getName();
        if (!owner.equals(user) && !owner.equals("root")) {
            throw new IOException(folder + " can be replaced by " + owner + ", to whom " + above + " belongs");
        }
        if (isWritableToOthers(attributes) && !isSticky(above)) {
            throw new IOException(folder + " can be replaced by others, to whom " + above
                    + " is writable; take that away: chmod go-w " + above);
        }
    }

    private static PosixFileAttributes attributes(Path folder) throws IOException {
        try {
            return Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new IOException(folder + " was removed in this moment", e);
        }
    }

    private static boolean isWritableToOthers(PosixFileAttributes attributes) {
        return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean isSticky(Path folder) throws IOException {
        return ((int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS) & STICKY) != 0;
    }
}
