package io.onedump.binlog.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.mysql.Flavour;

/**
 * A program of one of the two families, by what it says of itself: on Debian {@code mysqlbinlog} is MariaDB's, which
 * reads MySQL's files without complaint and gets them wrong. Its {@code --version} does not tell, the copyright in its
 * help does.
 *
 * @param version the first line of its help
 */
record BinlogTool(Path program, Flavour flavour, String version) {

    /**
     * @param wanted a program, or null for the first of {@code names} on the PATH that is of the family
     * @throws RestoreException naming what was found
     */
    static BinlogTool find(String wanted, List<String> names, Flavour family) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path candidate : wanted == null ? onPath(names) : List.of(Path.of(wanted))) {
            BinlogTool tool = ask(candidate);
            if (tool.flavour() == family) {
                return tool;
            }
            found.add(candidate + " (" + tool.version() + ")");
        }
        throw new RestoreException("these files need " + (family == Flavour.MYSQL ? "MySQL's" : "MariaDB's") + " "
                + names.get(0) + "; found: " + (found.isEmpty() ? "none" : String.join(", ", found))
                + ". Install it, name it, or restore with the engine 'replica', which needs no tools");
    }

    /** The first of {@code names} on the PATH, of whichever family. */
    static BinlogTool findAny(String wanted, List<String> names) throws IOException {
        List<Path> candidates = wanted == null ? onPath(names) : List.of(Path.of(wanted));
        if (candidates.isEmpty()) {
            throw new RestoreException("none of " + names + " is on the PATH: install a client, name it, or restore"
                    + " with the"
                    + " engine 'replica', which needs no tools");
        }
        return ask(candidates.get(0));
    }

    private static List<Path> onPath(List<String> names) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
                Path program = Path.of(folder, name);
                if (Files.isExecutable(program) && !found.contains(program.toRealPath())) {
                    found.add(program.toRealPath());
                }
            }
        }
        return found;
    }

    private static BinlogTool ask(Path program) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "--no-defaults", "--help").redirectErrorStream(true).start();
            process.getOutputStream().close();
            String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return new BinlogTool(program, Flavour.ofVersion(help), help.lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new RestoreException("cannot run " + program + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for the version of " + program, e);
        }
    }
}
