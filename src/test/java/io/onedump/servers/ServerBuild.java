package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The programs of one release of MySQL or MariaDB. The ordinary tests use {@link #mysql8031()} and {@link #mariadb()};
 * the profile {@code servers} brings the others.
 */
public final class ServerBuild {

    private static final Map<String, ServerBuild> KNOWN = new HashMap<>();

    private final String name;
    private final Command server;
    private final Command install;
    private final Path programs;
    private Path template;

    /**
     * @param server   the server's program with what it needs to find its own files
     * @param install  fills the data folder that is appended as an option
     * @param programs folder of the release's other programs; null where it has none
     */
    private ServerBuild(String name, Command server, Command install, Path programs) {
        this.name = name;
        this.server = server;
        this.install = install;
        this.programs = programs;
    }

    /** MySQL 8.0.31: the server only. */
    public static ServerBuild mysql8031() {
        return known("mysql-8.0.31", name -> mysql(name, MySqlArchive.unpacked(), null));
    }

    /** MySQL 5.7.22, which the profile copies: the server only. */
    public static ServerBuild mysql57() {
        return known("mysql-5.7.22",
                name -> mysql(name, MySqlArchive.unpacked(name, "mysql-5.7.jar"), null));
    }

    /** MySQL 8.0.33, which the profile unpacks. */
    public static ServerBuild mysql8033() {
        Path base = CopiedPrograms.path("mysql-8.0.33");
        return known("mysql-8.0.33", name -> mysql(name, base, base.resolve("bin")));
    }

    private static ServerBuild mysql(String name, Path base, Path programs) {
        return mysql(name, programs, base.resolve("bin/mysqld"), "--basedir=" + base,
                "--lc-messages-dir=" + base.resolve("share"));
    }

    /** The MySQL of Debian's unstable suite. */
    public static ServerBuild mysql97() {
        return known("mysql-9.7", name -> {
            Path base = DebianTree.of(name, "mysql-server-core", "mysql-client-core").resolve("usr");
            return mysql(name, base.resolve("bin"), base.resolve("sbin/mysqld"), "--basedir=" + base,
                    "--lc-messages-dir=" + base.resolve("share/mysql"),
                    "--character-sets-dir=" + base.resolve("share/mysql/charsets"),
                    "--plugin-dir=" + base.resolve("lib/mysql/plugin"));
        });
    }

    private static ServerBuild mysql(String name, Path programs, Path mysqld, String... places) {
        Command server = Command.of(mysqld.toString(), "--no-defaults").and(places)
                .and("--loose-innodb-redo-log-capacity=16M", "--secure-file-priv=NULL");
        return new ServerBuild(name, server, server.and("--initialize-insecure"), programs);
    }

    /** The MariaDB that is installed. */
    public static ServerBuild mariadb() {
        return known("mariadb",
                name -> mariadb(name, null, Executables.find("mariadbd"), Executables.find("mariadb-install-db")));
    }

    /** The MariaDB of Debian's unstable suite. */
    public static ServerBuild mariadb118() {
        return known("mariadb-11.8", name -> {
            Path base = DebianTree.of(name, "mariadb-server-core", "mariadb-client").resolve("usr");
            return mariadb(name, base.resolve("bin"), base.resolve("sbin/mariadbd"),
                    base.resolve("bin/mariadb-install-db"),
                    "--basedir=" + base, "--lc-messages-dir=" + base.resolve("share/mysql"),
                    "--character-sets-dir=" + base.resolve("share/mysql/charsets"),
                    "--plugin-dir=" + base.resolve("lib/mysql/plugin"));
        });
    }

    private static ServerBuild mariadb(String name, Path programs, Path mariadbd, Path install, String... places) {
        String redoLog = "--innodb-log-file-size=16M";
        return new ServerBuild(name, Command.of(mariadbd.toString(), "--no-defaults").and(places).and(redoLog),
                Command.of(install.toString(), "--no-defaults").and(places).and(redoLog)
                        .and("--auth-root-authentication-method=normal", "--skip-test-db"),
                programs);
    }

    private static synchronized ServerBuild known(String name, Function<String, ServerBuild> maker) {
        return KNOWN.computeIfAbsent(name, maker);
    }

    Command server() {
        return server;
    }

    /** A program of the release, or else the one that is installed. */
    public Path program(String program) {
        Path own = programs == null ? null : programs.resolve(program);
        return own != null && Files.isExecutable(own) ? own : Executables.find(program);
    }

    /** A data folder, made once because that takes several times as long as copying it and starting. */
    synchronized Path template() {
        if (template == null) {
            Path data = ServerFolder.create(name + "-template").resolve("data");
            install.and(MySqlFamily.basicOptions(data)).run();
            forgetIdentity(data);
            template = data;
        }
        return template;
    }

    /** Two servers with one UUID could not replicate from each other; a server without the file makes a new one. */
    private static void forgetIdentity(Path data) {
        try {
            Files.deleteIfExists(data.resolve("auto.cnf"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the server's UUID", e);
        }
    }
}
