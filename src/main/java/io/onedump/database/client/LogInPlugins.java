package io.onedump.database.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder with no more of the client's log-in plugins than one account needs. MariaDB's clients load whatever plugin
 * the server asks for, among them the one that answers with the password itself; with a folder of our own they cannot.
 * {@code mysql_native_password}, whose answer tells nothing, is built into them.
 */
public final class LogInPlugins implements Closeable {

    /** Where distributions and MariaDB's own packages keep them; a {@code *} stands for one folder's name. */
    private static final List<String> FOLDERS = List.of("/usr/lib/*/libmariadb3/plugin", "/usr/lib/*/mariadb*/plugin",
            "/usr/lib64/mariadb/plugin", "/usr/lib64/mysql/plugin", "/usr/lib/mariadb/plugin", "/usr/lib/mysql/plugin",
            "/usr/local/lib/mariadb/plugin", "/usr/local/mysql/lib/plugin");

    private final Path folder;
    private final Path link;

    private LogInPlugins(Path folder, Path link) {
        this.folder = folder;
        this.link = link;
    }

    /**
     * @param folder that does not exist yet
     * @param method the client's plugin for the account, such as {@code caching_sha2_password}
     * @param client whose plugins they are
     * @param strict whether the client must not look for a plugin that was not found itself
     * @return empty when the method's plugin could not be found, so that the client has to look for it itself
     */
    public static Optional<LogInPlugins> only(Path folder, String method, ClientProgram client, boolean strict)
            throws IOException {
        Path plugin = null;
        if (!method.equals("mysql_native_password")) {
            Optional<Path> found = find(method + ".so", client);
            if (found.isEmpty() && !strict) {
                return Optional.empty();
            }
            plugin = found.orElse(null);
        }
        Files.createDirectory(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path link = plugin == null ? null : Files.createSymbolicLink(folder.resolve(plugin.getFileName()), plugin);
        return Optional.of(new LogInPlugins(folder, link));
    }

    private static Optional<Path> find(String file, ClientProgram client) throws IOException {
        Path usr = Path.of(client.executable()).toAbsolutePath().toRealPath().getParent().getParent();
        List<Path> folders = new ArrayList<>();
        for (String pattern : FOLDERS) {
            Path below = Path.of(pattern);
            // First beside the program, as with an unpacked archive, then where the system has them.
            if (usr != null && below.startsWith("/usr")) {
                folders.addAll(expand(usr.resolve(Path.of("/usr").relativize(below))));
            }
            folders.addAll(expand(below));
        }
        return folders.stream().map(folder -> folder.resolve(file)).filter(Files::isRegularFile).findFirst();
    }

    /** The folders that a path with stars stands for. */
    private static List<Path> expand(Path pattern) throws IOException {
        List<Path> folders = List.of(pattern.getRoot());
        for (Path name : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path folder : folders) {
                if (!name.toString().contains("*")) {
                    next.add(folder.resolve(name));
                } else if (Files.isDirectory(folder) && Files.isReadable(folder)) {
                    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, name.toString())) {
                        children.forEach(next::add);
                    }
                }
            }
            folders = next;
        }
        return folders.stream().filter(Files::isDirectory).toList();
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            Files.deleteIfExists(link);
        }
        Files.deleteIfExists(folder);
    }
}
