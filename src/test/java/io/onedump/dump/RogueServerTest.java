package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import io.onedump.servers.RogueMySql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody answers in the database's place. The tool that is installed would tell the password; it must not get to. */
@Timeout(120)
class RogueServerTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(value = RogueMySql.Wish.class, names = "CLEARTEXT_OF_THE_SECOND", mode = EnumSource.Mode.EXCLUDE)
    void endsTheDumpWhereOurOwnLogInIsAskedForThePassword(RogueMySql.Wish wish) throws Exception {
        try (RogueMySql rogue = RogueMySql.start(wish); DumpRoute route = new DumpRoute(folder.resolve("work"))) {
            assertThatThrownBy(() -> route.run(dump(rogue, ""), toFolder())).isInstanceOf(DumpException.class)
                    .isNotInstanceOf(DumpConnectException.class).hasMessageNotContaining("s3cret");

            assertThat(rogue.told()).isEmpty();
            assertThat(folder.resolve("stored")).doesNotExist();
        }
    }

    /** MariaDB's client answers such a question as long as it finds the plug-in for it. */
    @Test
    void leavesTheToolNoWayToTellThePasswordAfterOurLogIn() throws Exception {
        try (RogueMySql rogue = RogueMySql.start(RogueMySql.Wish.CLEARTEXT_OF_THE_SECOND);
                DumpRoute route = new DumpRoute(folder.resolve("work"))) {
            assertThatThrownBy(() -> route.run(dump(rogue, "&timeout=20s"), toFolder()))
                    .isInstanceOf(DumpException.class);

            assertThat(rogue.told()).isEmpty();
        }
    }

    @Test
    void demandsTlsBeforeTheToolIsStarted() throws Exception {
        try (RogueMySql rogue = RogueMySql.start(RogueMySql.Wish.CLEARTEXT);
                DumpRoute route = new DumpRoute(folder.resolve("work"))) {
            assertThatThrownBy(() -> route.run("dump:mysqldump?dsn=RAW(mysql://u:s3cret@127.0.0.1:" + rogue.port()
                    + "/shop?ssl-mode=REQUIRED)", toFolder())).isInstanceOf(DumpException.class)
                    .hasMessageContaining("offers no TLS");

            assertThat(rogue.told()).isEmpty();
        }
    }

    private static String dump(RogueMySql rogue, String options) {
        return "dump:mysqldump?dsn=RAW(mysql://u:s3cret@127.0.0.1:" + rogue.port() + "/shop)" + options;
    }

    private String toFolder() {
        return "storage:file:" + folder.resolve("stored") + "?sidecar=never";
    }
}
