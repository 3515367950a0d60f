package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * MySQL 8.0.31 for Linux on x86-64, with a binary log in ROW format in {@link #dataDir()}: {@code binlog.000001} and
 * on. It is the server only and comes without mysqldump; what mariadb-dump writes of tables with generated columns
 * cannot be restored into MySQL. It needs libaio1 and libnuma1.
 */
public final class MySql extends MySqlFamily {

    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";
    private static final String REDO_LOG = "--innodb-redo-log-capacity=16M";
    private static Path template;

    private MySql(String... options) {
        super("mysql", template(), List.of(options));
    }

    /** @param options more options for mysqld, which win over the default ones */
    public static MySql start(String... options) {
        MySql server = new MySql(options);
        server.launch();
        return server;
    }

    @Override
    Command server() {
        return program().and("--mysqlx=OFF", "--secure-file-priv=NULL");
    }

    private static Command program() {
        return Command.of(base().resolve("bin/mysqld").toString(), "--no-defaults", "--basedir=" + base(),
                "--lc-messages-dir=" + base().resolve("share"), REDO_LOG);
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:mysql://" + host() + ":" + port() + "/" + database;
    }

    @Override
    public Path shop() {
        return Fixture.path("mysql.sql");
    }

    /** Made once, because that takes several times as long as copying it and starting. */
    private static synchronized Path template() {
        if (template == null) {
            unpack();
            Path data = ServerFolder.create("mysql-template").resolve("data");
            program().and("--initialize-insecure").and(basicOptions(data)).run();
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

    private static Path base() {
        return CopiedPrograms.path("mysql");
    }

    private static void unpack() {
        if (Files.isDirectory(base())) {
            return;
        }
        try (ServerFolder folder = ServerFolder.create("mysql-unpack");
                ZipFile jar = new ZipFile(CopiedPrograms.path("mysql-server.jar").toFile())) {
            Path archive = folder.resolve(ARCHIVE);
            Files.copy(jar.getInputStream(jar.getEntry(ARCHIVE)), archive);
            Path unpacked = Files.createTempDirectory(base().getParent(), "mysql-");
            Command.of("tar", "-xzf", archive.toString(), "-C", unpacked.toString()).run();
            // Only a complete folder gets the final name.
            Files.move(unpacked, base(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack MySQL", e);
        }
    }
}
