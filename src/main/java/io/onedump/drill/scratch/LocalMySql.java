package io.onedump.drill.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.artifact.process.ProgramPath;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.ProductVersion;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import org.slf4j.Logger;

/** A MySQL or MariaDB server of the machine's own programs, reached by a socket in its folder only. */
final class LocalMySql {

    private static final Logger LOG = CleanLog.of(LocalMySql.class);

    /** Nobody but the drill knows it, so that the dump's own accounts, root among them, find none of their names. */
    private static final String ADMINISTRATOR = "onedump_drill";
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/libexec"), Path.of("/usr/local/mysql/bin"));
    /** A crash of the scratch server costs nothing but the drill. */
    private static final List<String> OPTIONS = List.of("--skip-networking", "--skip-log-bin", "--skip-name-resolve",
            "--performance-schema=OFF", "--event-scheduler=OFF", "--innodb-doublewrite=0",
            "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=256M", "--max-allowed-packet=1G",
            "--log-bin-trust-function-creators=ON", "--loose-mysqlx=OFF", "--loose-innodb-redo-log-capacity=256M");
    private static final List<String> OF_MYSQL =
            List.of("--loose-gtid-mode=ON", "--loose-enforce-gtid-consistency=ON");

    private LocalMySql() {
    }

    static Scratch start(Threads threads, String named, ScratchChoice.Origin origin, Path work) throws IOException {
        ClientProgram program = program(named, origin);
        Path folder = Files.createTempDirectory(work, "s");
        LocalServer server = new LocalServer(threads, folder);
        try {
            Path data = folder.resolve("data");
            Path socket = folder.resolve("s");
            List<String> words = new ArrayList<>(List.of(program.executable(), "--no-defaults"));
            words.addAll(places(program));
            List<String> basic = new ArrayList<>(List.of("--datadir=" + data));
            if (LocalServer.isRoot()) {
                basic.add("--user=root");
            }
            fill(server, program, words, basic);
            words.addAll(basic);
            words.addAll(List.of("--socket=" + socket, "--tmpdir=" + folder, "--pid-file=" + folder.resolve("pid")));
            words.addAll(OPTIONS);
            words.addAll(program.mariaDb() ? List.of() : OF_MYSQL);
            Dsn root = new Dsn(Dsn.Family.MYSQL, "localhost", 3306, socket.toString(), "root", null, null, Map.of());
            server.serve(words, () -> MySqlSession.connect(MySqlDsn.settings(root)).close());
            String version = settle(root);
            return new Scratch(root.withAccount(ADMINISTRATOR, null), version, true, ADMINISTRATOR, server);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Of the dump's family, and of its version if there is one. */
    private static ClientProgram program(String named, ScratchChoice.Origin origin) throws IOException {
        boolean mariaDb = origin.family().equals("mariadb");
        List<String> found = ProgramPath.all(
                named != null ? List.of(named) : mariaDb ? List.of("mariadbd", "mysqld") : List.of("mysqld"), FOLDERS);
        List<ClientProgram> fitting = new ArrayList<>();
        for (String each : found) {
            ClientProgram program = ClientProgram.ask(each);
            if (program.mariaDb() == mariaDb) {
                fitting.add(program);
            }
        }
        Optional<ProductVersion> wanted = ProductVersion.find(origin.version());
        return fitting.stream().filter(program -> wanted.filter(version -> isLike(version, program)).isPresent())
                .findFirst().or(() -> fitting.stream().findFirst())
                .orElseThrow(() -> new ScratchException("scratch: this machine has no server of "
                        + (mariaDb ? "MariaDB" : "MySQL") + (found.isEmpty() ? "" : ", only " + found)
                        + ": install one, name its program, or name a scratch server by its DSN"));
    }

    private static boolean isLike(ProductVersion version, ClientProgram program) {
        return version.major() == program.version().major() && version.minor() == program.version().minor();
    }

    /** A release that was unpacked somewhere does not find its own files by itself. */
    private static List<String> places(ClientProgram program) throws IOException {
        Path base = Path.of(program.executable()).toRealPath().getParent().getParent();
        if (base == null || base.equals(Path.of("/usr")) || !Files.isDirectory(base.resolve("share"))) {
            return List.of();
        }
        List<String> places = new ArrayList<>(List.of("--basedir=" + base));
        for (String messages : List.of("share", "share/mysql")) {
            if (Files.isDirectory(base.resolve(messages).resolve("english"))) {
                places.add("--lc-messages-dir=" + base.resolve(messages));
            }
        }
        return places;
    }

    private static void fill(LocalServer server, ClientProgram program, List<String> words, List<String> basic)
            throws IOException {
        List<String> filling = new ArrayList<>(words);
        if (program.mariaDb()) {
            Path here = Path.of(program.executable()).toRealPath().getParent();
            filling.set(0, ProgramPath.find("mariadb-install-db", List.of(here, here.resolveSibling("bin"),
                    here.resolveSibling("scripts"))).orElseThrow(
                            () -> new ScratchException(
                                    "scratch: there is no mariadb-install-db beside " + program.executable())));
            filling.addAll(List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
        } else {
            filling.add("--initialize-insecure");
        }
        filling.addAll(basic);
        server.run(filling);
    }

    /** Leaves the drill's account as the only one of people. */
    private static String settle(Dsn root) throws IOException {
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(root))) {
            String account = "'" + ADMINISTRATOR + "'@'localhost'";
            session.query("CREATE USER " + account);
            session.query("GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION");
            String anybody = session.flavour() == Flavour.MARIADB ? "''@'%'" : "''@''";
            session.query("GRANT PROXY ON " + anybody + " TO " + account + " WITH GRANT OPTION");
            for (Row row : session.query("SELECT user, host FROM mysql.user WHERE user <> '" + ADMINISTRATOR
                    + "' AND user NOT LIKE 'mysql.%' AND user NOT LIKE 'mariadb.%'")) {
                session.query("DROP USER " + Sql.text(row.get(0)) + "@" + Sql.text(row.get(1)));
            }
            LOG.info("scratch server {} started", session.serverVersion());
            return session.serverVersion();
        }
    }
}
