package io.onedump.storage.file;

import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may read and write what is stored.
 *
 * @param permissions of a file
 */
record FileMode(Set<PosixFilePermission> permissions) {

    static final FileMode DEFAULT = parse("rw-------");

    FileMode {
        permissions = Set.copyOf(permissions);
    }

    /** @param text as {@code ls} shows it, or three octal digits, a zero in front of them or not */
    static FileMode parse(String text) {
        try {
            Set<PosixFilePermission> permissions = text.matches("0?[0-7]{3}")
                    ? octal(Integer.parseInt(text, 8))
                    : PosixFilePermissions.fromString(text);
            if (!permissions.contains(PosixFilePermission.OWNER_READ)
                    || !permissions.contains(PosixFilePermission.OWNER_WRITE)) {
                throw new IllegalArgumentException("the owner has to read and write");
            }
            return new FileMode(permissions);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option fileMode: '" + text + "' is no mode of a file that its owner can"
                    + " read and write; write one such as rw-r----- or 640", e);
        }
    }

    FileAttribute<?> ofFile() {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    /** Who may read a file may go into its folder. */
    Set<PosixFilePermission> ofFolder() {
        Set<PosixFilePermission> folder = EnumSet.copyOf(permissions);
        folder.add(PosixFilePermission.OWNER_EXECUTE);
        if (permissions.contains(PosixFilePermission.GROUP_READ)) {
            folder.add(PosixFilePermission.GROUP_EXECUTE);
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            folder.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        return folder;
    }

    private static Set<PosixFilePermission> octal(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits >> all.length - 1 - i & 1) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
