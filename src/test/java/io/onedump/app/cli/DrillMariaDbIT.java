package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

class DrillMariaDbIT extends MySqlDrillContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    String[] options() {
        return new String[0];
    }

    /** The step of a job of its own, and what retention knows of it then. */
    @Test
    void aJobDrillsAndRetentionKeepsWhatWasProved() throws Exception {
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
        workspace.job(JobFile.named("thinned").then(dumpStep()).then(JobFile.Step.to("checksum", "algorithm", "sha256"))
                .then(JobFile.Step.to("storage", "delegate", "file:" + workspace.folder().resolve("thinned"),
                        "fileName", "all-${date:now:yyyyMMdd-HHmmss-SSS}.sql.zst", "keepLast", "1", "keepProved",
                        "true")));
        workspace.job(JobFile.named("proof").then(JobFile.Step.to("drill", "job", "thinned", "evidence",
                "storage:file:" + workspace.folder().resolve("drills"))));
        run("thinned", 0);
        String proved = Workspace.artifacts(workspace.folder().resolve("thinned")).get(0);
        run("proof", 0);
        assertThat(Workspace.files(workspace.folder().resolve("drills"))).hasSize(2);
        run("thinned", 0);
        run("thinned", 0);
        assertThat(Workspace.files(workspace.folder().resolve("thinned"))).hasSize(5)
                .contains(proved, proved + ".checksum", proved + ".proved");
        Outcome list = workspace.onedump("list", "--job", "thinned").run();
        assertThat(list.output()).doesNotContain(".proved ");

        Path newest = Files.list(workspace.folder().resolve("thinned")).map(Path::toString)
                .filter(name -> name.endsWith(".zst") && !name.endsWith(proved)).map(Path::of).findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 9] ^= 1;
        Files.write(newest, bytes);
        run("proof", 2);
        assertThat(Workspace.files(workspace.folder().resolve("drills"))).hasSize(4);
    }

    private void run(String job, int code) {
        Outcome run = workspace.onedump("dump", "--job", job).run();
        assertThat(run.exitCode()).as(run.everything()).isEqualTo(code);
    }

    @Test
    void opensWhatIsSealed() throws Exception {
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                "INSERT INTO shop.t VALUES (1)");
        Path key = workspace.folder().resolve("drill.key");
        Outcome made = Invocation.of(workspace.folder(), "keygen", "--output", key.toString()).run();
        assertThat(made.exitCode()).as(made.everything()).isZero();
        String recipient = made.everything().replaceFirst("(?s).*?(age1[a-z0-9]+).*", "$1");
        workspace.job(JobFile.named("sealed").then(dumpStep())
                .then(JobFile.Step.to("encrypt", "format", "age", "recipients", recipient))
                .then(JobFile.Step.to("checksum", "algorithm", "sha256"))
                .then(JobFile.Step.to("storage", "delegate", "file:" + workspace.folder().resolve("sealed"))));
        run("sealed", 0);
        Outcome closed = workspace.onedump("drill", "--job", "sealed").run();
        assertThat(closed.exitCode()).as(closed.everything()).isEqualTo(2);
        assertThat(closed.output()).contains("identity");
        Outcome opened = workspace.onedump("drill", "--job", "sealed", "--identity", key.toString()).run();
        assertThat(opened.exitCode()).as(opened.everything()).isZero();
        assertThat(opened.output()).contains("proved");
    }

    @Test
    void findsOutThatAToolLosesFloats() throws Exception {
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                "INSERT INTO shop.t VALUES (1)");
        workspace.job(JobFile.named("tool").then(JobFile.Step.to("dump", "dumper", "mysqldump", "dsn",
                dsn(server) + "/shop")).then(JobFile.Step.to("checksum", "algorithm", "sha256"))
                .then(JobFile.Step.to("storage", "delegate", "file:" + workspace.folder().resolve("tool"))));
        run("tool", 0);
        Outcome restored = workspace.onedump("drill", "--job", "tool").run();
        assertThat(restored.exitCode()).as(restored.everything()).isZero();
        assertThat(restored.output()).contains("restored, not proved");

        server.execute("ALTER TABLE shop.t ADD COLUMN f FLOAT", "UPDATE shop.t SET f = 0.1234567");
        run("tool", 0);
        Outcome drill = workspace.onedump("drill", "--job", "tool").run();
        assertThat(drill.exitCode()).as(drill.everything()).isEqualTo(2);
        assertThat(drill.output().replaceAll("\\s+", " ")).contains("FOUND shop.t.f: it is FLOAT");
    }

    /** Nobody is there any more who could stop the server. */
    @Test
    void leavesNoServerWhenItIsKilled() throws Exception {
        server.loadShop();
        dump();
        RunningCommand drill = drill().start();
        await().atMost(Duration.ofSeconds(60)).until(() -> ProcessWatch.now().stream()
                .anyMatch(words -> words.contains("--socket=") && words.contains(workspace.work().toString())));
        drill.signal("KILL");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(workspace::assertNoProcess);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(workspace.spooled()).noneMatch(file -> file.contains("ibdata1")));
    }
}
