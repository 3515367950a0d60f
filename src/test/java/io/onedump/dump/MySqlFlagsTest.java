package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.Dsn;
import io.onedump.database.ProductVersion;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.mysql.Flavour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pairs of tools and servers that were tried. */
class MySqlFlagsTest {

    private final List<String> told = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
            // tool, server, coordinates
            "MariaDB 10.11.19, MySQL 5.7.22, --master-data=2",
            "MariaDB 10.11.19, MySQL 8.0.31, --master-data=2",
            "MariaDB 10.11.19, MySQL 9.7.4,",
            "MariaDB 10.11.19, MariaDB 10.11.19, --master-data=2",
            "MariaDB 10.11.19, MariaDB 11.8.9, --master-data=2",
            "MySQL 5.7.22, MySQL 5.7.22, --master-data=2",
            "MySQL 5.7.22, MySQL 9.7.4,",
            "MySQL 8.0.25, MySQL 8.0.31, --master-data=2",
            "MySQL 8.0.33, MySQL 5.7.22, --source-data=2",
            "MySQL 8.0.33, MySQL 8.0.31, --source-data=2",
            "MySQL 8.0.33, MySQL 8.3.0, --source-data=2",
            "MySQL 8.0.33, MySQL 8.4.0,",
            "MySQL 8.0.33, MySQL 9.7.4,",
            "MySQL 8.0.33, MariaDB 10.11.19, --source-data=2",
            "MySQL 9.7.4, MySQL 5.7.22,",
            "MySQL 9.7.4, MySQL 8.0.31,",
            "MySQL 9.7.4, MySQL 8.2.0, --source-data=2",
            "MySQL 9.7.4, MySQL 9.7.4, --source-data=2",
            "MySQL 9.7.4, MariaDB 11.8.9,"})
    void asksForCoordinatesWhereToolAndServerShareAStatement(String tool, String server, String flag) {
        assertThat(flags(tool, server)).filteredOn(option -> option.matches("--(master|source)-data.*"))
                .isEqualTo(flag == null ? List.of() : List.of(flag));
    }

    @ParameterizedTest
    @CsvSource({
            "MySQL 8.0.33, MySQL 5.7.22, true",
            "MySQL 8.0.33, MariaDB 10.11.19, true",
            "MySQL 8.0.33, MySQL 8.0.31, false",
            "MySQL 5.7.22, MySQL 5.7.22, false",
            "MariaDB 10.11.19, MySQL 5.7.22, false"})
    void asksForNoColumnStatisticsOfServersThatHaveNone(String tool, String server, boolean off) {
        assertThat(flags(tool, server).contains("--column-statistics=0")).isEqualTo(off);
    }

    @ParameterizedTest
    @CsvSource({
            "MySQL 8.0.33, MySQL 8.0.31, --set-gtid-purged=COMMENTED",
            "MySQL 9.7.4, MySQL 9.7.4, --set-gtid-purged=COMMENTED",
            "MySQL 8.0.16, MySQL 8.0.31, --set-gtid-purged=OFF",
            "MySQL 5.7.22, MySQL 5.7.22, --set-gtid-purged=OFF",
            "MySQL 8.0.33, MariaDB 10.11.19, --set-gtid-purged=OFF",
            "MariaDB 10.11.19, MySQL 8.0.31,"})
    void keepsGtidsAsACommentSoThatTheDumpGoesIntoAnyServer(String tool, String server, String flag) {
        assertThat(flags(tool, server)).filteredOn(option -> option.startsWith("--set-gtid-purged"))
                .isEqualTo(flag == null ? List.of() : List.of(flag));
    }

    @Test
    void dumpsOneSnapshotWithEverythingInIt() {
        assertThat(flags("MariaDB 10.11.19", "MariaDB 10.11.19")).contains("--single-transaction", "--quick",
                "--routines",
                "--triggers", "--events");
    }

    @Test
    void leavesCoordinatesOutWhereThereAreNoneOrTheAccountMayNotSeeThem() {
        ClientProgram tool = tool("MariaDB 10.11.19");
        ProductVersion version = new ProductVersion(10, 11, 19);

        assertThat(MySqlFlags.of(tool, new MySqlServer(true, version, false, true, false), request(), told::add))
                .doesNotContain("--master-data=2");
        assertThat(MySqlFlags.of(tool, new MySqlServer(true, version, true, false, false), request(), told::add))
                .doesNotContain("--master-data=2");
    }

    /** mysqldump from 8.0.32 on locks tables for GTIDs, even for those in a comment. */
    @Test
    void leavesGtidsOutWhereTheAccountMayNotLock() {
        assertThat(MySqlFlags.of(tool("MySQL 9.7.4"),
                new MySqlServer(false, new ProductVersion(9, 7, 4), true, false, true),
                request(), told::add))
                .contains("--set-gtid-purged=OFF");
    }

    /** "Error: Server has GTIDs disabled." is all that mysqldump has to say then, and its exit code is 0. */
    @Test
    void asksForNoGtidsOfAServerThatHasNone() {
        assertThat(MySqlFlags.of(tool("MySQL 9.7.4"),
                new MySqlServer(false, new ProductVersion(8, 0, 31), true, true, false),
                request(), told::add)).contains("--set-gtid-purged=OFF");
    }

    @Test
    void leavesToTheUserWhatTheUserSays() {
        assertThat(MySqlFlags.of(tool("MySQL 8.0.33"), server("MySQL 8.0.31"),
                request("--set-gtid-purged=ON", "--source-data=1"), told::add)).noneMatch(
                        flag -> flag.startsWith("--set-gtid-purged") || flag.startsWith("--source-data"));
    }

    private List<String> flags(String tool, String server) {
        return MySqlFlags.of(tool(tool), server(server), request(), told::add);
    }

    private static ClientProgram tool(String text) {
        return new ClientProgram("mysqldump", Flavour.ofVersion(text), ProductVersion.find(text).orElseThrow());
    }

    private static MySqlServer server(String text) {
        return text == null
                ? null
                : new MySqlServer(text.startsWith("MariaDB"), ProductVersion.find(text).orElseThrow(), true, true,
                        !text.startsWith("MariaDB"));
    }

    private static DumpRequest request(String... options) {
        return new DumpRequest(DumperKind.mysqldump, Dsn.parse("mysql://u@db/shop"), null, List.of(options),
                Duration.ZERO,
                Duration.ZERO);
    }
}
