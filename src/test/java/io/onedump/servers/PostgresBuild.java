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

    Path program(String program) {
        return programs == null ? Executables.find(program) : programs.resolve(program);
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
