package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that read what jobs have kept: list, download, prune. */
class KeptArtifactsTest {

    private static final String ROUTE = """
            - route:
                id: shop
                from:
                  uri: timer
                  parameters:
                    timerName: shop
                    period: 24h
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: mysqldump
                          dsn: "mysql://root@127.0.0.1:1/shop"
                          fileName: "shop-${date:now:yyyyMMdd}.sql"
                    - to:
                        uri: storage
                        parameters:
                          delegate: "file:%s"
                          path: "a/${date:now:yyyy}"
                          fileName: "shop-${date:now:yyyyMMdd}.sql"
                          keepLast: 2
            """;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void keepThreeDays() throws Exception {
        Files.writeString(folder.resolve("shop.camel.yaml"), ROUTE.formatted(folder.resolve("kept")));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            for (int day = 21; day < 24; day++) {
                String name = "shop-202611" + day + ".sql.zst";
                context.createProducerTemplate().sendBodyAndHeader("storage:file:" + folder.resolve("kept")
                        + "?path=a/2026&sidecar=always", "day " + day, "CamelFileName", name);
                Files.setLastModifiedTime(kept(name), FileTime.from(Instant.parse("2026-11-" + day + "T01:00:00Z")));
            }
        }
        Files.writeString(kept("notes.txt"), "not the job's");
    }

    @Test
    void listsTheJobsArtifactsNewestFirst() {
        assertThat(run("list", "--job", "shop", "--json")).isZero();
        assertThat(out.toString().lines()).hasSize(3).first().asString().contains("shop-20261123.sql.zst",
                "\"verified\":true");
    }

    @Test
    void tellsOnceOfSidecarsWhoseArtifactsAreGone() throws Exception {
        Files.delete(kept("shop-20261122.sql.zst"));
        Files.writeString(kept("shop-20261101.sql.zst.checksum"), "# job: another\n" + "ab".repeat(32)
                + "  shop-20261101.sql.zst\n");
        for (int day = 10; day < 17; day++) {
            Files.writeString(kept("shop-202610" + day + ".sql.zst.checksum"), "nonsense");
        }

        assertThat(run("list", "--job", "shop")).isZero();

        assertThat(out.toString().lines()).hasSize(2);
        assertThat(err.toString().lines()).singleElement().asString()
                .contains("the artifacts of 8 sidecar(s) are gone: a/2026/shop-20261010.sql.zst.checksum")
                .contains("and 3 more").doesNotContain("20261101").doesNotContain("20261121");
        assertThat(run("list", "--job", "shop", "--json")).isZero();
        assertThat(run("list", "--job", "shop", "--strict")).isEqualTo(3);
        assertThat(run("prune", "--job", "shop", "--dry-run")).as("nobody asked prune").isZero();
    }

    @Test
    void failsStrictlyOnlyForWhatIsGone() {
        assertThat(run("list", "--job", "shop", "--strict")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void downloadsTheLatest() {
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString())).isZero();
        assertThat(folder.resolve("out/shop-20261123.sql.zst")).hasContent("day 23");
    }

    /** A dump holds what its database keeps from others, wherever it is brought to. */
    @Test
    void downloadsForItsUserOnly() throws Exception {
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString())).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                folder.resolve("out/shop-20261123.sql.zst")))).isEqualTo("rw-------");
    }

    @Test
    void leavesNothingOfADamagedArtifact() throws Exception {
        Files.writeString(kept("shop-20261122.sql.zst"), "day 99");
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString(), "--name",
                "shop-20261122.sql.zst")).isEqualTo(3);
        assertThat(err.toString()).contains("is damaged");
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void explainsThenPrunes() {
        assertThat(run("prune", "--job", "shop", "--dry-run")).isZero();
        assertThat(out.toString()).contains("would remove").contains("it is the newest");
        assertThat(kept("shop-20261121.sql.zst")).exists();
        assertThat(run("prune", "--job", "shop")).isZero();
        assertThat(kept("shop-20261121.sql.zst")).doesNotExist();
        assertThat(kept("shop-20261121.sql.zst.checksum")).doesNotExist();
        assertThat(kept("shop-20261122.sql.zst")).exists();
        assertThat(kept("notes.txt")).exists();
    }

    @Test
    void fetchesTheOneThatIsNamed() {
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString(), "--name",
                "a/2026/shop-20261122.sql.zst", "--json")).isZero();
        assertThat(folder.resolve("out/shop-20261122.sql.zst")).hasContent("day 22");
        assertThat(out.toString()).contains("\"sha256\":\"").contains("\"size\":6");
    }

    @Test
    void fetchesAllInTheirFolders() {
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString(), "--all")).isZero();
        for (int day = 21; day < 24; day++) {
            assertThat(folder.resolve("out/a/2026/shop-202611" + day + ".sql.zst")).hasContent("day " + day);
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        refusesToFetch("no artifact named ../notes.txt; 'onedump list --job shop'", "--name", "../notes.txt");
        for (int day = 21; day < 24; day++) {
            Files.delete(kept("shop-202611" + day + ".sql.zst.checksum"));
        }
        refusesToFetch("none has a sidecar", "--latest");
        for (int day = 21; day < 24; day++) {
            Files.delete(kept("shop-202611" + day + ".sql.zst"));
        }
        refusesToFetch("has kept nothing yet", "--all");
    }

    private void refusesToFetch(String message, String... selection) {
        List<String> arguments =
                new ArrayList<>(List.of("--job", "shop", "--output", folder.resolve("out").toString()));
        arguments.addAll(List.of(selection));
        assertThat(run("download", arguments.toArray(String[]::new))).isEqualTo(3);
        assertThat(err.toString()).contains(message);
        assertThat(folder.resolve("out")).isEmptyDirectory();
    }

    @Test
    void refusesAFileAsTheFolderToFetchInto() {
        assertThat(run("download", "--job", "shop", "--output", kept("notes.txt").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("notes.txt: this is a file; name a folder");
    }

    @Test
    void turnsToTheNextStorageWhenOneFails() throws Exception {
        String route = Files.readString(folder.resolve("shop.camel.yaml"));
        String storage = route.substring(route.indexOf("        - to:\n            uri: storage"));
        Files.writeString(folder.resolve("shop.camel.yaml"), route.replace(storage, storage
                .replace("/kept", "/not-mounted").replace("keepLast: 2", "keepLast: 2\n              autoCreate:"
                        + " false")
                + storage));
        assertThat(run("download", "--job", "shop", "--output", folder.resolve("out").toString())).isZero();
        assertThat(folder.resolve("out/shop-20261123.sql.zst")).hasContent("day 23");
        assertThat(err.toString()).contains("not-mounted: there is no such folder; mount or make it");
        assertThat(run("list", "--job", "shop")).isEqualTo(3);
        assertThat(out.toString()).contains("shop-20261121.sql.zst");
        assertThat(run("prune", "--job", "shop", "--dry-run")).isEqualTo(3);
        assertThat(out.toString()).contains("would remove");
    }

    @Test
    void knowsNoOtherJob() {
        assertThat(run("list", "--job", "nonsense")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no such job");
    }

    private Path kept(String name) {
        return folder.resolve("kept/a/2026").resolve(name);
    }

    private int run(String command, String... arguments) {
        CommandLine line = Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--config";
        all[2] = folder.resolve("shop.camel.yaml").toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return line.execute(all);
    }
}
