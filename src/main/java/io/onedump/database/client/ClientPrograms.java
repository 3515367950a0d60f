package io.onedump.database.client;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.process.ProgramPath;
import io.onedump.database.mysql.Flavour;

/** Finds the databases' own programs: on the PATH, and where Debian keeps each version of PostgreSQL's. */
public final class ClientPrograms {

    private static final Path DEBIAN_POSTGRESQL = Path.of("/usr/lib/postgresql");

    private ClientPrograms() {
    }

    /** @param wanted the program to take, or null for the first of {@code names} that is found */
    public static Optional<String> find(String wanted, List<String> names) {
        return all(wanted, names).stream().findFirst();
    }

    /**
     * The program of a family.
     *
     * @param wanted the program to take, or null for the first of {@code names} that is of the family
     * @throws IOException naming what was found instead
     */
    public static ClientProgram find(String wanted, List<String> names, Flavour family) throws IOException {
        List<String> found = new ArrayList<>();
        for (String candidate : candidates(wanted, names)) {
            ClientProgram program = ClientProgram.ask(candidate);
            if (program.flavour() == family) {
                return program;
            }
            found.add(
                    candidate + " (" + (program.mariaDb() ? "MariaDB's" : "MySQL's") + ", " + program.version() + ")");
        }
        throw new IOException((family == Flavour.MYSQL ? "MySQL's" : "MariaDB's") + " " + names.get(0)
                + " is needed; found: " + (found.isEmpty() ? "none" : String.join(", ", found))
                + "; install it or name it");
    }

    /**
     * The program, of whichever family.
     *
     * @throws IOException when there is none
     */
    public static ClientProgram findAny(String wanted, List<String> names) throws IOException {
        List<String> found = candidates(wanted, names);
        if (found.isEmpty()) {
            throw new IOException("none of " + names + " is on the PATH: install a client or name it");
        }
        return ClientProgram.ask(found.get(0));
    }

    /** What is named is asked for even where it cannot be found, so that the message says what is wrong with it. */
    private static List<String> candidates(String wanted, List<String> names) {
        List<String> found = all(wanted, names);
        return found.isEmpty() && wanted != null ? List.of(wanted) : found;
    }

    private static List<String> all(String wanted, List<String> names) {
        return ProgramPath.all(wanted == null ? names : List.of(wanted), debianPostgresql());
    }

    /** Newest first. */
    private static List<Path> debianPostgresql() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN_POSTGRESQL, "[0-9]*")) {
            versions.forEach(found::add);
        } catch (IOException e) {
            return List.of();
        }
        found.sort(Comparator.comparing((Path path) -> number(path.getFileName().toString())).reversed());
        return found.stream().map(path -> path.resolve("bin")).toList();
    }

    private static float number(String version) {
        try {
            return Float.parseFloat(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
