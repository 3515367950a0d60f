package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.docs.Page;
import io.onedump.servers.MariaDb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/restoring.md, word by word but for the server's name. */
class RestoringPageIT {

    @Test
    void everyCommandDoesWhatThePageSays(@TempDir Path folder) throws Exception {
        Workspace workspace = Workspace.in(folder);
        try (MariaDb server = MariaDb.start(); MariaDb target = MariaDb.start()) {
            server.loadShop();
            workspace.job(JobFile.named("shop")
                    .then(to("dump", "dumper", "mysql-native", "dsn", "mysql://root@127.0.0.1:" + server.port()
                            + "/shop"))
                    .then(to("checksum", "algorithm", "sha256")).then(workspace.keep()));
            assertThat(workspace.onedump("dump", "--job", "shop").run().exitCode()).isZero();

            List<String> ends = new ArrayList<>();
            for (String line : Page.of("docs/restoring.md").blocks("sh").stream().flatMap(String::lines).toList()) {
                assertThat(line).startsWith("onedump restore ");
                List<String> words = List.of(line.replace("db2:3306", "127.0.0.1:" + target.port()).split(" "));
                Outcome outcome = workspace.onedump("restore").with(words.subList(2, words.size())
                        .toArray(String[]::new)).run();
                assertThat(outcome.exitCode()).as(line + "\n" + outcome.everything()).isZero();
                ends.add(outcome.output().lines().reduce((first, second) -> second).orElse(""));
            }
            assertThat(ends.get(0)).isEqualTo("nothing was changed: this was a dry run");
            assertThat(ends).hasSize(6).filteredOn(end -> end.endsWith("all equal")).hasSizeGreaterThanOrEqualTo(4);
            assertThat(target.snapshot("shop").differencesFrom(server.snapshot("shop"))).isEmpty();
        }
    }
}
