package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The programs of one release of PostgreSQL. The ordinary tests use {@link #installed()}; the profile {@code servers}
 * brings the other.
 */
public final class PostgresBuild {

    static final String ADMINISTRATOR = "postgres";

    private static final PostgresBuild INSTALLED = new PostgresBuild("postgres", null);
    private static PostgresBuild newest;

    private final String name;
    private final Path programs;
    private Path template;

    /** @param programs the folder of the release's programs; null for those that are installed */
    private PostgresBuild(String name, Path programs) {
        this.name = name;
        this.programs = programs;
    }

    /** The newest one that is installed. */
    public static PostgresBuild installed() {
        return INSTALLED;
    }

    /** The PostgreSQL of Debian's unstable suite. Its folder has to be one that the user postgres may read. */
    public static synchronized PostgresBuild postgres18() {
        if (newest == null) {
            Path tree = DebianTree.of("postgresql-18", "postgresql-18", "postgresql-client-18");
            newest = new PostgresBuild("postgresql-18", tree.resolve("usr/lib/postgresql/18/bin"));
        }
        return newest;
    }

    /**
     * The installed one with an extension more, in a folder of its own: a server looks for what belongs to it beside
     * its own program.
     *
     * @param script what {@code CREATE EXTENSION} runs
     */
    public static PostgresBuild withExtension(String name, String script) {
        Path server = Executables.find("postgres");
        Path version = server.getParent().getParent();
        ServerFolder tree = ServerFolder.create("postgres-extended");
        Path library = tree.resolve("usr/lib/postgresql").resolve(version.getFileName());
        Path extensions = tree.resolve("usr/share/postgresql").resolve(version.getFileName()).resolve("extension");
        try {
            Path programs = Files.createDirectories(library.resolve("bin"));
            Files.copy(server, programs.resolve("postgres"));
            Files.createSymbolicLink(library.resolve("lib"), version.resolve("lib"));
            Command.of("cp", "-r", version.resolve("../../../share/postgresql").normalize().toString(),
                    Files.createDirectories(tree.resolve("usr/share")).toString()).run();
            Files.writeString(extensions.resolve(name + ".control"), "default_version = '1'\n");
            Files.writeString(extensions.resolve(name + "--1.sql"), script);
            Command.of("chmod", "-R", "a+rX", tree.path().toString()).run();
            return new PostgresBuild("postgres-extended", programs);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + tree.path(), e);
        }
    }

    /** A program of the release, or else the one that is installed. */
    Path program(String program) {
        Path own = programs == null ? null : programs.resolve(program);
        return own != null && Files.isExecutable(own) ? own : Executables.find(program);
    }

    /** PostgreSQL refuses to run as root, so root starts it as the user postgres. */
    Command asServer(String program) {
        String path = program(program).toString();
        return startedByRoot()
                ? Command.of(Executables.find("setpriv").toString(), "--reuid=postgres", "--regid=postgres",
                        "--init-groups", path)
                : Command.of(path);
    }

    static void giveToServer(Path folder) {
        if (startedByRoot()) {
            Command.of("chown", "postgres", folder.toString()).run();
        }
    }

    private static boolean startedByRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** A data folder, made once because that takes several times as long as copying it and starting. */
    synchronized Path template() {
        if (template == null) {
            ServerFolder home = ServerFolder.create(name + "-template");
            giveToServer(home.path());
            Path data = home.resolve("data");
            asServer("initdb").and("-D", data.toString(), "-U", ADMINISTRATOR, "--auth=trust", "--encoding=UTF8",
                    "--locale=C.UTF-8", "--no-sync").run();
            requirePasswords(data.resolve("pg_hba.conf"));
            template = data;
        }
        return template;
    }

    private static void requirePasswords(Path rules) {
        try {
            Files.write(rules, List.of(
                    "host all,replication " + ADMINISTRATOR + " " + Loopback.HOST + "/32 trust",
                    "host all,replication all " + Loopback.HOST + "/32 scram-sha-256"),
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rules, e);
        }
    }
}
