package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.servers.SqlServer;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person brings a server back to the moment before an accident, with one command. */
abstract class PointInTimeContract {

    private SqlServer server;
    private Workspace workspace;

    /** @param id of the server */
    abstract SqlServer start(int id);

    @BeforeEach
    void open(@TempDir Path folder) {
        server = start(1);
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY AUTO_INCREMENT, name"
                + " VARCHAR(99), price FLOAT)", "CREATE DATABASE other", "CREATE TABLE other.note (id INT PRIMARY KEY)",
                "CREATE EVENT shop.sweep ON SCHEDULE EVERY 1 SECOND DO DELETE FROM shop.item WHERE name = 'event'");
        insert("at the beginning");
        workspace = Workspace.in(folder);
        workspace.job(JobFile.named("dump")
                .then(JobFile.Step.to("dump", "dumper", "mysql-native", "dsn", dsn(server), "archive", "log",
                        "fileName", "all-${date:now:yyyyMMdd-HHmmss-SSS}.sql"))
                .then(JobFile.Step.to("checksum", "algorithm", "sha256"))
                .then(workspace.keep()));
        workspace.job(JobFile.named("log").then(JobFile.Step.to("binlog", "operation", "archive", "dsn", dsn(server),
                "tlsMode", "DISABLED", "spoolDirectory", folder.resolve("spool").toString(),
                "storage", "storage:file:" + folder.resolve("archive"))));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void takesTheNewestDumpFromBeforeTheAccident() throws Exception {
        dump();
        insert("after the first dump");
        dump();
        insert("after the second dump");
        server.execute("FLUSH BINARY LOGS");
        insert("in the next file");
        List<String> truth = rows(server);
        Instant moment = quietMoment();
        server.execute("DROP TABLE shop.item", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
        dump();
        archive();

        Matcher drop = Pattern.compile("(?m)^(\\S+)  (\\S+):(\\d+)-\\d+  (\\S+) .*DROP TABLE").matcher(
                workspace.onedump("binlog", "find", "--job", "log", "--ddl", "--table", "shop.item").run().output());
        assertThat(drop.find()).isTrue();
        Outcome list = workspace.onedump("restore", "--list", "--job", "dump").run();
        assertThat(list.exitCode()).as(list.everything()).isZero();
        assertThat(list.output().lines()).hasSize(3)
                .allMatch(line -> line.matches("all-\\S+  made \\S+  timeline 1  to anything up to 20\\S+Z"));
        List<String[]> ends = new ArrayList<>(List.of(new String[] {"--to", moment.toString()},
                new String[] {"--before", drop.group()},
                new String[] {"--to-position", drop.group(2) + ":" + drop.group(3)}));
        if (!drop.group(4).equals("-")) {
            ends.add(new String[] {"--before-gtid", drop.group(4)});
        }
        for (String[] end : ends) {
            try (SqlServer target = start(2)) {
                Outcome restore = restore(target, end).run();
                assertThat(restore.exitCode()).as(restore.everything()).isZero();
                assertThat(rows(target)).as(String.join(" ", end)).isEqualTo(truth);
                assertThat(restore.output()).contains("left out from", "DROP TABLE").contains("all equal; then 2 ");
                assertThat(restore.errors()).contains("passed over", "after");
            }
        }
    }

    @Test
    void needsNoTransactionAfterTheDump() throws Exception {
        insert("before the dump");
        dump();
        archive();
        List<String> truth = rows(server);
        try (SqlServer target = start(2)) {
            Outcome restore = restore(target, "--to-end", "--json").run();
            assertThat(restore.exitCode()).as(restore.everything()).isZero();
            JsonObject result = (JsonObject) Jsoner.deserialize(restore.output());
            assertThat(result.getInteger("transactions")).isZero();
            assertThat(rows(target)).isEqualTo(truth);
        }
    }

    @Test
    void goesOnFromASealedDump() throws Exception {
        Outcome keygen = Invocation.of(workspace.folder(), "keygen", "--output", "dump.key").run();
        workspace.job(JobFile.named("sealed")
                .then(JobFile.Step.to("dump", "dumper", "mysql-native", "dsn", dsn(server), "archive", "log",
                        "fileName", "sealed-${date:now:yyyyMMdd-HHmmss-SSS}.sql"))
                .then(JobFile.Step.to("encrypt", "format", "age", "recipients", keygen.output().strip()))
                .then(workspace.keep()));
        Outcome dump = workspace.onedump("dump", "--job", "sealed").run();
        assertThat(dump.exitCode()).as(dump.everything()).isZero();
        insert("after the dump");
        archive();
        List<String> truth = rows(server);
        try (SqlServer target = start(2)) {
            Invocation restore =
                    workspace.onedump("restore", "--job", "sealed", "--target-dsn", dsn(target), "--to-end");
            Outcome without = restore.run();
            assertThat(without.exitCode()).isEqualTo(2);
            assertThat(without.errors()).contains("it is sealed for one recipient", "--identity");
            Outcome with = restore.with("--identity", workspace.folder().resolve("dump.key").toString()).run();
            assertThat(with.exitCode()).as(with.everything()).isZero();
            assertThat(rows(target)).isEqualTo(truth);
        }
    }

    /** Nothing happened since, and the archive knows that. */
    @Test
    void aMomentOfAnIdleServerNeedsNoLaterTransaction() throws Exception {
        dump();
        insert("the last");
        List<String> truth = rows(server);
        Instant moment = quietMoment();
        archive();
        try (SqlServer target = start(2)) {
            Outcome restore = restore(target, "--to", moment.toString()).run();
            assertThat(restore.exitCode()).as(restore.everything()).isZero();
            assertThat(rows(target)).isEqualTo(truth);
            Outcome later = restore(target, "--to", Instant.now().plusSeconds(60).toString(), "--replace").run();
            assertThat(later.exitCode()).isEqualTo(2);
            assertThat(later.errors()).contains("before it comes to");
        }
    }

    @Test
    void restoresIntoTheOriginOnlyWhenToldSo() throws Exception {
        dump();
        insert("after the dump");
        List<String> truth = rows(server);
        Instant moment = quietMoment();
        server.execute("DELETE FROM shop.item", "CREATE TABLE other.younger (id INT PRIMARY KEY)");
        archive();

        Outcome refused = restore(server, "--to", moment.toString()).run();
        assertThat(refused.exitCode()).as(refused.everything()).isEqualTo(2);
        assertThat(refused.errors()).contains("--replace");
        assertThat(rows(server)).isEmpty();

        Outcome restore = restore(server, "--to", moment.toString(), "--replace").run();
        assertThat(restore.exitCode()).as(restore.everything()).isZero();
        assertThat(rows(server)).isEqualTo(truth);
    }

    @Test
    void refusesTheArchiveOfAnotherServerAndOfAnotherHistory() throws Exception {
        dump();
        insert("after the dump");
        archive();
        try (SqlServer stranger = start(3); SqlServer target = start(2)) {
            stranger.execute("CREATE DATABASE shop");
            for (int i = 0; i < 30; i++) {
                stranger.execute("CREATE TABLE shop.t" + i + " (id INT)");
            }
            workspace.job(JobFile.named("strange").then(JobFile.Step.to("binlog", "operation", "archive", "dsn",
                    dsn(stranger), "tlsMode", "DISABLED", "spoolDirectory",
                    workspace.folder().resolve("strange-spool").toString(), "storage",
                    "storage:file:" + workspace.folder().resolve("strange-archive"))));
            Outcome sync = workspace.onedump("binlog", "sync", "--job", "strange").run();
            assertThat(sync.exitCode()).as(sync.everything()).isZero();
            Outcome restore = restore(target, "--to-end", "--archive-job", "strange").run();
            assertThat(restore.exitCode()).as(restore.everything()).isEqualTo(2);
            assertThat(restore.errors()).contains("no dump will do", "the archive is not of its log");
            assertThat(count(target, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'shop'"))
                    .isZero();
        }
    }

    @Test
    void bringsOneTableBackBesideTheLiveOne() throws Exception {
        server.execute("CREATE TABLE shop.untouched (id INT PRIMARY KEY, note TEXT)");
        dump();
        insert("after the dump");
        server.execute("INSERT INTO other.note VALUES (1)", "INSERT INTO shop.untouched VALUES (1, 'live')",
                "CREATE USER helper@localhost", "CREATE TABLE shop.later (id INT)");
        server.executeIn("shop", "ALTER TABLE item ADD COLUMN colour VARCHAR(9) DEFAULT 'red'");
        insert("with a colour");
        List<String> truth = rows(server);
        Instant moment = quietMoment();
        server.execute("DELETE FROM shop.item");
        insert("after the accident");
        List<String> live = rows(server);
        archive();

        Outcome restore = restore(server, "--to", moment.toString(), "--table", "shop.item", "--into-database",
                "rescue").run();
        assertThat(restore.exitCode()).as(restore.everything()).isZero();
        assertThat(rows(server, "rescue")).isEqualTo(truth);
        assertThat(rows(server)).isEqualTo(live);
        assertThat(count(server, "SELECT COUNT(*) FROM rescue.item WHERE colour = 'red'")).isEqualTo(truth.size());
        assertThat(count(server, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'rescue'"))
                .isEqualTo(1);
        assertThat(filters(server)).isEmpty();
    }

    @Test
    void bringsOneDatabaseBackUnderItsOwnAndUnderAnotherName() throws Exception {
        dump();
        insert("after the dump");
        server.executeIn("shop", "CREATE TABLE later (id INT PRIMARY KEY)", "INSERT INTO later VALUES (7)",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42");
        server.execute("INSERT INTO other.note VALUES (1)");
        List<String> truth = rows(server);
        Instant moment = quietMoment();
        server.execute("DELETE FROM shop.item");
        archive();
        try (SqlServer target = start(2)) {
            Outcome own = restore(target, "--to", moment.toString(), "--database", "shop").run();
            assertThat(own.exitCode()).as(own.everything()).isZero();
            Outcome renamed = restore(target, "--to", moment.toString(), "--database", "shop", "--into-database",
                    "rescue").run();
            assertThat(renamed.exitCode()).as(renamed.everything()).isZero();
            for (String database : List.of("shop", "rescue")) {
                assertThat(rows(target, database)).isEqualTo(truth);
                assertThat(count(target, "SELECT id + " + database + ".answer() FROM " + database + ".later"))
                        .isEqualTo(49);
            }
            assertThat(count(target, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'other'"))
                    .isZero();
        }
    }

    /** The server deletes rows of the one with those of the other, and logs the other's only. */
    @Test
    void refusesATableThatChangesWithAnother() throws Exception {
        server.execute(
                "CREATE TABLE shop.line (id INT PRIMARY KEY, item INT, FOREIGN KEY (item) REFERENCES shop.item (id)"
                        + " ON DELETE CASCADE)",
                "INSERT INTO shop.line VALUES (1, 1)");
        dump();
        server.execute("DELETE FROM shop.item");
        archive();
        try (SqlServer target = start(2)) {
            Outcome alone = restore(target, "--to-end", "--table", "shop.line").run();
            assertThat(alone.exitCode()).as(alone.everything()).isEqualTo(2);
            assertThat(alone.errors()).contains("shop.line changes with shop.item", "take both");
            assertThat(count(target, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'shop'"))
                    .isZero();

            Outcome both = restore(target, "--to-end", "--table", "shop.line", "--table", "shop.item").run();
            assertThat(both.exitCode()).as(both.everything()).isZero();
            assertThat(count(target, "SELECT COUNT(*) FROM shop.line")).isZero();
        }
    }

    @Test
    void takesAPartThatStatementsMakeUnsafeThroughAScratchServer() throws Exception {
        server.execute("INSERT INTO other.note VALUES (7)");
        dump();
        server.executeIn("shop", "SET SESSION binlog_format = 'STATEMENT'",
                "INSERT INTO item (name) SELECT 'by statement'"
                        + " FROM other.note",
                "SET SESSION binlog_format = 'ROW'");
        archive();
        try (SqlServer target = start(2)) {
            Outcome restore = restore(target, "--to-end", "--table", "shop.item").run();
            assertThat(restore.exitCode()).as(restore.everything()).isEqualTo(2);
            assertThat(restore.errors()).contains("logged as a statement", "by statement", "restore the whole server");
            assertThat(count(target, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'shop'"))
                    .isZero();
            try (SqlServer scratch = start(3)) {
                Outcome through = restore(target, "--to-end", "--table", "shop.item", "--into-database", "rescue",
                        "--through", dsn(scratch)).run();
                assertThat(through.exitCode()).as(through.everything()).isZero();
                assertThat(rows(target, "rescue")).isEqualTo(rows(server))
                        .anyMatch(row -> row.contains("by statement"));
                assertThat(count(target, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name IN"
                        + " ('shop', 'other')")).isZero();
            }
        }
    }

    @Test
    void showsThePlanAndChangesNothing() throws Exception {
        dump();
        insert("after the dump");
        Instant moment = quietMoment();
        server.execute("DROP TABLE shop.item");
        archive();
        try (SqlServer target = start(2)) {
            Outcome dry = restore(target, "--to", moment.toString(), "--dry-run").run();
            assertThat(dry.exitCode()).as(dry.everything()).isZero();
            assertThat(dry.output()).contains("dump     all-", "apply    1 transactions", "left out from", "DROP TABLE",
                    "bytes of the log in ", "time     less than a minute", "nothing was changed");
            assertThat(count(target, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'shop'"))
                    .isZero();

            filterSomething(target);
            Outcome filtered = restore(target, "--to", moment.toString()).run();
            assertThat(filtered.exitCode()).as(filtered.everything()).isEqualTo(2);
            assertThat(filtered.errors()).contains("wild_do_table is ", "a restore of a part that was killed");
        }
    }

    /** Its globals, its replica threads and their filters; none of it is in the target's log. */
    @Test
    void putsBackWhatARestoreThatWasKilledHasLeft() throws Exception {
        dump();
        server.executeIn("shop", "SET SESSION binlog_format = 'STATEMENT'",
                "UPDATE item SET name = CONCAT(name, '!') WHERE id = 1 AND"
                        + " SLEEP(IF(@@max_connections = 37, 5, 0)) = 0");
        insert("at the end");
        List<String> truth = rows(server);
        archive();
        // Has the id of the events, so that it needs another one meanwhile.
        try (SqlServer target = start(1)) {
            target.execute("SET GLOBAL event_scheduler = ON", "SET GLOBAL max_connections = 37");
            Map<String, String> before = globals(target);

            interrupt(target, "KILL", "--database", "shop");
            assertThat(globals(target)).containsEntry("server_id", "2").containsEntry("event_scheduler", "OFF");
            Outcome dry = restore(target, "--to-end", "--replace", "--dry-run").run();
            assertThat(dry.exitCode()).as(dry.everything()).isZero();
            assertThat(dry.errors()).contains("a restore that was killed", "server_id was set from 1 to 2");
            assertThat(globals(target)).containsEntry("server_id", "2");
            Outcome whole = restore(target, "--to-end", "--replace").run();
            assertThat(whole.exitCode()).as(whole.everything()).isZero();
            assertThat(whole.errors()).contains("a restore that was killed", "server_id is 1 again", "filters",
                    "no longer the replica");
            assertThat(rows(target)).isEqualTo(truth);
            assertNothingLeft(target, before);

            interrupt(target, "KILL");
            Outcome dumpOnly = restore(target, "--replace").run();
            assertThat(dumpOnly.exitCode()).as(dumpOnly.everything()).isZero();
            assertThat(dumpOnly.errors()).contains("server_id is 1 again");
            assertNothingLeft(target, before);

            interrupt(target, "TERM");
            assertNothingLeft(target, before);

            for (String engine : otherEngines()) {
                interrupt(target, "KILL", "--engine", engine);
                assertThat(globals(target)).isNotEqualTo(before);
                Outcome again = restore(target, "--to-end", "--replace", "--engine", engine).run();
                assertThat(again.exitCode()).as(again.everything()).isZero();
                assertThat(again.errors()).contains("max_allowed_packet is ", " again, and was 1073741824");
                assertThat(rows(target)).isEqualTo(truth);
                assertNothingLeft(target, before);
            }
        }
    }

    /** Those whose programs are there, beside the replica. */
    abstract List<String> otherEngines();

    private void interrupt(SqlServer target, String signal, String... more) {
        try (RunningCommand running = restore(target, "--to-end", "--replace").with(more).start()) {
            await().atMost(Duration.ofMinutes(1)).failFast("it ended early", () -> !running.isAlive())
                    .until(() -> count(target, "SELECT COUNT(*) FROM information_schema.processlist WHERE state ="
                            + " 'User sleep'") > 0);
            running.signal(signal);
            running.await();
        }
    }

    private void assertNothingLeft(SqlServer target, Map<String, String> before) throws Exception {
        assertThat(globals(target)).isEqualTo(before);
        try (Connection connection = target.connect("mysql");
                ResultSet status = connection.createStatement().executeQuery("SHOW SLAVE STATUS")) {
            assertThat(status.next()).as("a replica").isFalse();
        }
        assertThat(filters(target)).isEmpty();
        assertThat(count(target, "SELECT COUNT(*) FROM information_schema.tables WHERE table_name LIKE '%onedump%'"))
                .isZero();
        try (Stream<Path> files = Files.list(target.dataDir())) {
            for (Path log : files.filter(file -> file.getFileName().toString().matches("binlog\\.\\d+")).toList()) {
                assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).doesNotContain("_onedump_target");
            }
        }
    }

    private static Map<String, String> globals(SqlServer of) throws Exception {
        Map<String, String> globals = new TreeMap<>();
        try (Connection connection = of.connect("mysql");
                ResultSet result = connection.createStatement().executeQuery("SHOW GLOBAL VARIABLES WHERE"
                        + " variable_name REGEXP 'server_id|strict|scheduler|max_allowed|replicate|local_infile'")) {
            while (result.next()) {
                globals.put(result.getString(1), result.getString(2));
            }
        }
        return globals;
    }

    /** As a restore of a part leaves it, when it is killed and could note nothing. */
    abstract void filterSomething(SqlServer target);

    private void insert(String name) {
        server.execute("INSERT INTO shop.item (name, price) VALUES ('" + name + "', 0.1234567)");
    }

    private void dump() {
        Outcome dump = workspace.onedump("dump", "--job", "dump").run();
        assertThat(dump.exitCode()).as(dump.everything()).isZero();
    }

    private void archive() {
        Outcome sync = workspace.onedump("binlog", "sync", "--job", "log").run();
        assertThat(sync.exitCode()).as(sync.everything()).isZero();
    }

    private Invocation restore(SqlServer target, String... more) {
        return workspace.onedump("restore", "--job", "dump", "--target-dsn", dsn(target)).with(more);
    }

    private static String dsn(SqlServer of) {
        return "mysql://root@" + of.host() + ":" + of.port();
    }

    private static List<String> rows(SqlServer of) throws Exception {
        return rows(of, "shop");
    }

    /** What is left of filters. */
    private static List<String> filters(SqlServer of) throws Exception {
        List<String> left = new ArrayList<>();
        try (Connection connection = of.connect("mysql");
                ResultSet result =
                        connection.createStatement().executeQuery("SHOW GLOBAL VARIABLES LIKE 'replicate_%'")) {
            while (result.next()) {
                if (result.getString(1).matches("replicate_(wild|rewrite).*") && !result.getString(2).isEmpty()) {
                    left.add(result.getString(1));
                }
            }
        }
        return left;
    }

    private static List<String> rows(SqlServer of, String database) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = of.connect(database);
                ResultSet result = connection.createStatement()
                        .executeQuery("SELECT id, name, price * 1e0 FROM item ORDER BY id")) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getString(2) + " " + result.getString(3));
            }
        }
        return rows;
    }

    private static int count(SqlServer of, String sql) throws Exception {
        try (Connection connection = of.connect("mysql");
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** MariaDB's log has whole seconds: nothing is written in the second before the moment and in its own. */
    private static Instant quietMoment() {
        Instant moment = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS).plusMillis(500);
        await().pollDelay(Duration.between(Instant.now(), moment.plusMillis(600))).until(() -> true);
        return moment;
    }
}
