package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.storage.Identity;
import io.onedump.storage.Sidecar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The example of docs/retention.md does what the page says. */
class RetentionPageTest {

    private static final String FOLDER = "/var/backups";
    private static final Pattern BLOCK = Pattern.compile("(?s)```(yaml|console)\n(.*?)```");
    private static final List<String> KEPT = List.of("20260930-120000", "20261031-120000", "20261115-120000",
            "20261121-120000", "20261122-120000", "20261123-120000");
    private static final String UNVERIFIED = "20261121-120000";

    @TempDir
    private Path folder;

    @Test
    void explainsWhatItWouldDo() throws Exception {
        Matcher page = BLOCK.matcher(Files.readString(Path.of("docs/retention.md")));
        assertThat(page.find()).isTrue();
        Files.writeString(folder.resolve("shop.camel.yaml"),
                page.group(2).replace(FOLDER, folder.resolve("kept").toString()));
        assertThat(page.find()).isTrue();
        keep();
        assertThat("$ onedump prune --job shop --dry-run\n" + run("prune", "--dry-run")).isEqualTo(page.group(2));
        run("prune");
        assertThat(Workspace.files(folder.resolve("kept")).stream().filter(name -> name.endsWith(".sql.zst")))
                .containsExactly("shop/shop-20260930-120000.sql.zst", "shop/shop-20261031-120000.sql.zst",
                        "shop/shop-20261121-120000.sql.zst", "shop/shop-20261122-120000.sql.zst",
                        "shop/shop-20261123-120000.sql.zst");
    }

    private void keep() throws Exception {
        Files.createDirectories(folder.resolve("kept/shop"));
        for (String time : KEPT) {
            String name = "shop-" + time + ".sql.zst";
            Files.writeString(folder.resolve("kept/shop").resolve(name), "dump of " + time);
            if (!time.equals(UNVERIFIED)) {
                Instant started = LocalDateTime.parse(time, DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                        .atZone(ZoneId.systemDefault()).toInstant();
                Identity identity = Identity.NONE.with(Identity.JOB, "shop")
                        .with(Identity.SERIES, "shop/shop-{date}.sql").with(Identity.STARTED, started.toString());
                Files.write(folder.resolve("kept/shop").resolve(name + ".checksum"),
                        new Sidecar("0".repeat(64), name, identity).toArtifact().open().readAllBytes());
            }
        }
    }

    private String run(String command, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[options.length + 5];
        System.arraycopy(
                new String[] {command, "--config", folder.resolve("shop.camel.yaml").toString(), "--job", "shop"}, 0,
                all, 0, 5);
        System.arraycopy(options, 0, all, 5, options.length);
        assertThat(line.execute(all)).as(err.toString()).isZero();
        return out.toString().replace(folder.resolve("kept").toString(), FOLDER);
    }
}
