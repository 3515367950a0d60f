package io.onedump.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Finds the installed programs that the test servers consist of. */
public final class Executables {

    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Executables() {
    }

    /**
     * The path of a program. Debian's PostgreSQL folders come first, the newest version before the others, because the
     * {@code PATH} has only wrappers of those programs; then the {@code PATH} and the folders for system programs.
     *
     * @throws IllegalStateException when it is not installed
     */
    public static Path find(String program) {
        return folders().map(folder -> folder.resolve(program)).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        program + " is not installed; bin/prerequisites test says what to install"));
    }

    /** Of the JDK that runs the tests, such as {@code java}. */
    public static String ofJava(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static Stream<Path> folders() {
        List<Path> folders = new ArrayList<>(postgresqlFolders());
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/usr/local/sbin"));
        return folders.stream();
    }

    private static List<Path> postgresqlFolders() {
        if (!Files.isDirectory(POSTGRESQL)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(POSTGRESQL, "[0-9]*")) {
            versions.forEach(folders::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + POSTGRESQL, e);
        }
        folders.sort(Comparator.comparingInt(Executables::version).reversed());
        return folders.stream().map(folder -> folder.resolve("bin")).toList();
    }

    private static int version(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }
}
