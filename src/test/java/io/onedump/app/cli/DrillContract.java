package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.onedump.servers.SqlServer;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a drill promises, whatever the family of the server. */
@Timeout(300)
abstract class DrillContract {

    SqlServer server;
    Workspace workspace;
    private Path folder;

    abstract SqlServer start();

    /** Of the dump step. */
    abstract JobFile.Step dumpStep();

    abstract String dsn(SqlServer of);

    /** More options that the command takes here. */
    abstract String[] options();

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        server = start();
        workspace = Workspace.in(folder);
        workspace.job(JobFile.named("dump").then(dumpStep())
                .then(JobFile.Step.to("checksum", "algorithm", "sha256"))
                .then(workspace.keep()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void provesADumpAndKeepsEvidence() throws Exception {
        server.loadShop();
        dump();
        Outcome first = drill("--evidence", evidence()).run();
        assertThat(first.exitCode()).as(first.everything()).isZero();
        assertThat(first.output()).contains("drill of dump: proved", "definitions compared", "RTO", "RPO");

        Outcome second = drill("--evidence", evidence(), "--json").run();
        assertThat(second.exitCode()).as(second.everything()).isZero();
        JsonObject record = (JsonObject) Jsoner.deserialize(second.output());
        assertThat(record.getBoolean("proved")).isTrue();
        assertThat(record.getInteger("tables")).isPositive().isEqualTo(record.getInteger("compared"));
        assertThat(record.getInteger("definitions")).isGreaterThan(record.getInteger("tables"));
        assertThat(record.getDouble("rto_seconds")).isPositive();
        assertThat(record.getDouble("rpo_seconds")).isPositive();

        assertThat(Workspace.files(folder.resolve("drills"))).hasSize(4);
        Outcome whole = drill("--evidence", evidence(), "--check-evidence").run();
        assertThat(whole.output()).contains("2 records, each as the next one says");
        for (Path json : records()) {
            String text = Files.readString(json);
            Files.writeString(json, text.replace("\"rows\"", "\"Rows\""));
            Outcome broken = drill("--evidence", evidence(), "--check-evidence").run();
            assertThat(broken.exitCode()).isEqualTo(2);
            assertThat(broken.output()).contains("BROKEN");
            Files.writeString(json, text);
        }
        workspace.assertNoProcess();
        assertThat(workspace.spooled()).isEmpty();
    }

    /** Whoever changed it could make all checksums inside it fit; the sidecar has another. */
    @Test
    void findsADumpThatWasChangedAfterItWasStored() throws Exception {
        server.loadShop();
        dump();
        Path dump = folder.resolve("kept").resolve(Workspace.artifacts(folder.resolve("kept")).get(0));
        byte[] bytes = Files.readAllBytes(dump);
        bytes[bytes.length / 2] ^= 1;
        Files.write(dump, bytes);
        Outcome drill = drill("--evidence", evidence()).run();
        assertThat(drill.exitCode()).as(drill.everything()).isEqualTo(2);
        assertThat(drill.output()).contains("FAILED", "FOUND");
        assertThat(records()).hasSize(1);
    }

    @Test
    void takesNoServerThatDoesNotSaySo() throws Exception {
        server.loadShop();
        dump();
        try (SqlServer scratch = start()) {
            Outcome refused = workspace.onedump("drill", "--job", "dump", "--scratch", dsn(scratch)).run();
            assertThat(refused.exitCode()).as(refused.everything()).isEqualTo(2);
            assertThat(refused.output().replaceAll("\\s+", " ")).contains("CREATE DATABASE onedump_scratch");

            scratch.execute("CREATE DATABASE onedump_scratch");
            Outcome drill = workspace.onedump("drill", "--job", "dump", "--scratch", dsn(scratch)).run();
            assertThat(drill.exitCode()).as(drill.everything()).isZero();
            assertThat(drill.output()).contains("proved");
            Outcome again = workspace.onedump("drill", "--job", "dump", "--scratch", dsn(scratch)).run();
            assertThat(again.exitCode()).as(again.everything()).isZero();
        }
    }

    @Test
    void hasNothingToProveWithoutADump() throws Exception {
        Outcome drill = drill().run();
        assertThat(drill.exitCode()).as(drill.everything()).isEqualTo(2);
        assertThat(drill.output().replaceAll("\\s+", " ")).contains("job dump has kept no verified dump");
    }

    private List<Path> records() throws IOException {
        try (var files = Files.list(folder.resolve("drills"))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    private String evidence() {
        return "file:" + folder.resolve("drills");
    }

    final void dump() {
        Outcome dump = workspace.onedump("dump", "--job", "dump").run();
        assertThat(dump.exitCode()).as(dump.everything()).isZero();
    }

    final Invocation drill(String... more) {
        return workspace.onedump("drill", "--job", "dump").with(options()).with(more).within(Duration.ofMinutes(4));
    }
}
