package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Frame;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections see one moment while others write as fast as they can. */
@Timeout(300)
abstract class SnapshotContract {

    private static final int TABLES = 8;
    private static final int ACCOUNTS = 50;
    private static final int WRITERS = 4;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong transfers = new AtomicLong();
    private final List<Thread> writers = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endWriters() throws InterruptedException {
        ended.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    /** Tables between which a fixed sum of money goes to and fro; each transfer raises two versions. */
    void startWriters(SqlServer server) {
        server.execute("CREATE DATABASE bank");
        for (int table = 0; table < TABLES; table++) {
            server.executeIn("bank", "CREATE TABLE t" + table + " (id int PRIMARY KEY, balance int, version int)");
            for (int account = 0; account < ACCOUNTS; account++) {
                server.executeIn("bank", "INSERT INTO t" + table + " VALUES (" + account + ", 1000, 0)");
            }
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            Random random = new Random(writer);
            Thread thread = new Thread(() -> write(server, random));
            writers.add(thread);
            thread.start();
        }
    }

    private void write(SqlServer server, Random random) {
        try (Connection connection = server.connect("bank"); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!ended.get()) {
                try {
                    int amount = random.nextInt(100);
                    statement.execute("UPDATE t" + random.nextInt(TABLES) + " SET balance = balance - " + amount
                            + ", version = version + 1 WHERE id = " + random.nextInt(ACCOUNTS));
                    statement.execute("UPDATE t" + random.nextInt(TABLES) + " SET balance = balance + " + amount
                            + ", version = version + 1 WHERE id = " + random.nextInt(ACCOUNTS));
                    connection.commit();
                    transfers.incrementAndGet();
                } catch (SQLException e) {
                    // A deadlock or a lock that took too long: the transfer did not happen.
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens many snapshots and looks through each of their connections.
     *
     * @return how many transfers happened meanwhile
     */
    long assertOneMoment(SqlServer server, String user, String password, String method, int times) throws IOException {
        MySqlSettings settings = MySqlSettings.of(server.host(), server.port(), user, password);
        long before = transfers.get();
        for (int time = 0; time < times; time++) {
            try (Snapshot snapshot = snapshot(settings)) {
                assertThat(snapshot.method()).isEqualTo(method);
                assertThat(snapshot.sessions()).hasSize(method.equals("one-connection") ? 1 : 4);
                List<String> seen = new ArrayList<>();
                for (MySqlSession session : snapshot.sessions()) {
                    seen.add(look(session));
                }
                assertThat(seen).as("time " + time).allMatch(seen.get(0)::equals);
                assertThat(seen.get(0)).startsWith(TABLES * ACCOUNTS * 1000 + " ");
            }
        }
        return transfers.get() - before;
    }

    /** As a dump does it, which begins again when a lock was waited for in vain. */
    private static Snapshot snapshot(MySqlSettings settings) throws IOException {
        Selection selection = new Selection("bank", List.of(), List.of(), Map.of(), true, true, false);
        try (MySqlSession own = Server.open(settings)) {
            Server server = Server.of(settings, own);
            SnapshotOpener opener = new SnapshotOpener(server, null);
            Guard guard = Guard.on(own, selection, server);
            while (true) {
                List<MySqlSession> sessions = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    sessions.add(Server.open(settings));
                }
                Optional<Snapshot> taken = opener.open(sessions, guard);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
        }
    }

    private static String look(MySqlSession session) throws IOException {
        StringBuilder union = new StringBuilder();
        for (int table = 0; table < TABLES; table++) {
            union.append(table == 0 ? "" : " UNION ALL ").append("SELECT balance, version FROM bank.t").append(table);
        }
        var row = session.query("SELECT SUM(balance), SUM(version) FROM (" + union + ") AS whole").get(0);
        return row.get(0) + " " + row.get(1);
    }

    /** Dumps while others write and a table is changed all the time: each dump is right, or there is none. */
    void assertDumpsAreRightOrFail(SqlServer server, int times) throws Exception {
        server.executeIn("bank", "CREATE TABLE changing (id int PRIMARY KEY)", "INSERT INTO changing VALUES (1), (2)");
        Thread changer = new Thread(() -> {
            try (Connection connection = server.connect("bank"); Statement statement = connection.createStatement()) {
                while (!ended.get()) {
                    statement.execute("ALTER TABLE changing ADD COLUMN c int NOT NULL DEFAULT 5");
                    statement.execute("ALTER TABLE changing DROP COLUMN c");
                    statement.execute("DO SLEEP(0.05)");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        writers.add(changer);
        changer.start();
        int right = 0;
        for (int time = 0; time < times; time++) {
            Path file = folder.resolve("dump" + time);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (NativeDump dump = new NativeDump(Threads.daemons(), MySqlSettings.of(server.host(), server.port(),
                    "root", ""), new Selection("bank", List.of(), List.of(), Map.of(), true, true, false), 4, null,
                    "test", what -> {
                    })) {
                dump.writeTo(out);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching(".*tables were changed.*");
                continue;
            }
            Files.write(file, out.toByteArray());
            assertRight(DumpFile.open(ByteRanges.of(file)));
            right++;
        }
        assertThat(right).isPositive();
    }

    private static void assertRight(DumpFile dump) throws IOException {
        long sum = 0;
        for (DumpIndex.Table table : dump.index().tables()) {
            for (DumpIndex.Piece piece : table.pieces()) {
                String sql = text(dump, dump.frame(piece.frame()));
                if (table.name().equals("changing")) {
                    assertThat(sql).matches("(?s).*\\(`id`\\) VALUES\\s\\(1\\),\\s\\(2\\);\\s"
                            + "|.*\\(`id`,`c`\\) VALUES\\s\\(1,5\\),\\s\\(2,5\\);\\s");
                } else {
                    sum += Pattern.compile("\\(\\d+,(-?\\d+),\\d+\\)").matcher(sql).results()
                            .mapToLong(row -> Long.parseLong(row.group(1))).sum();
                }
            }
        }
        assertThat(sum).isEqualTo(TABLES * ACCOUNTS * 1000);
    }

    private static String text(DumpFile dump, Frame frame) throws IOException {
        try (var sql = dump.sql(frame)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
