package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.servers.RogueMySql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accounts that only the database's own programs can log in with: they ask in our place. The server is MySQL's. */
@Timeout(120)
class ForeignLogInTest {

    private static final String OF_MARIADB = "10.19 Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)";
    private static final String OF_MYSQL = "8.0.33 for Linux on x86_64 (MySQL Community Server - GPL)";

    @TempDir
    private Path folder;

    private RogueMySql server;
    private DumpRoute route;

    @BeforeEach
    void start() throws IOException {
        server = RogueMySql.wanting("client_ed25519");
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
        server.close();
    }

    @Test
    void asksThroughTheClientThatLiesBesideTheTool() throws Exception {
        tool(OF_MYSQL);
        client("""
                *VERSION*) printf 'VERSION()\\n8.0.31\\n';;
                *STATUS*) printf 'File\\tPosition\\tExecuted_Gtid_Set\\nbinlog.000007\\t157\\t\\n';;
                *GRANTS*) printf "Grants\\nGRANT ALL PRIVILEGES ON *.* TO u\\n";;
                *tables*) printf 'a\\tb\\tc\\nshop\\tprices\\tBASE TABLE\\n';;
                *float*) printf 'a\\tb\\nshop\\tprices\\n';;
                """);

        route.run(dump(), toFolder());

        assertThat(Files.readString(folder.resolve("arguments"))).contains("--source-data=2");
        assertThat(route.warnings()).singleElement().asString().contains("FLOAT").contains("shop.prices");
    }

    @Test
    void refusesWhatTheClientFinds() throws Exception {
        tool(OF_MARIADB);
        client("""
                *VERSION*) printf 'VERSION()\\n8.0.31\\n';;
                *tables*) printf 'a\\tb\\tc\\nshop\\tprices\\tBASE TABLE\\n';;
                *generation*) printf 'a\\tb\\nshop\\tprices\\n';;
                """);

        assertThatThrownBy(() -> route.run(dump(), toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("generated columns (shop.prices)");
    }

    @Test
    void tellsWhatStaysUnknown() throws Exception {
        tool(OF_MYSQL);
        client("*) echo 'plugin cannot be loaded' >&2; exit 1;;");

        route.run(dump(), toFolder());

        assertThat(route.warnings()).singleElement().asString().contains("not asked before the dump")
                .contains("client_ed25519").contains("plugin cannot be loaded").contains("no position");
    }

    @Test
    void refusesTheToolOfTheOtherFamilyWhereNobodyCanLookForGeneratedColumns() throws Exception {
        tool(OF_MARIADB);
        client("*) echo 'plugin cannot be loaded' >&2; exit 1;;");

        assertThatThrownBy(() -> route.run(dump(), toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("nobody could be asked").hasMessageContaining("install MySQL's own mysqldump");
        assertThat(folder.resolve("arguments")).doesNotExist();
    }

    @Test
    void saysWhatTheServerSaidToTheClient() throws Exception {
        tool(OF_MYSQL);
        client("*) echo \"ERROR 1045 (28000): Access denied for user 'u'@'h' (using password: YES)\" >&2; exit 1;;");

        assertThatThrownBy(() -> route.run(dump(), toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("Access denied for user 'u'@'h' (using password: YES); check username");
    }

    private void tool(String version) throws IOException {
        script("dumper", "case $1 in --version) echo 'mysqldump  Ver " + version + "'; exit;; esac\n"
                + "printf '%s\\n' \"$@\" > " + folder.resolve("arguments") + "\n"
                + "printf -- '-- x\\n-- Dump completed on 2026-11-01\\n'\n");
    }

    /** @param cases what it answers to which question */
    private void client(String cases) throws IOException {
        script("mysql", "case $1 in --version) echo 'mysql  Ver " + OF_MYSQL + "'; exit;; esac\n"
                + "case \"${@: -1}\" in\n" + cases + "\nesac\n");
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String dump() {
        return "dump:mysqldump?executable=" + folder.resolve("dumper") + "&dsn=RAW(mysql://u:s3cret@127.0.0.1:"
                + server.port() + "/shop)";
    }

    private String toFolder() {
        return "storage:file:" + folder.resolve("stored") + "?sidecar=never";
    }
}
