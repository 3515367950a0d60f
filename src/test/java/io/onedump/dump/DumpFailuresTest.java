package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class DumpFailuresTest {

    private final DumpFailures failures = new DumpFailures();

    /** What the clients print when nobody answers; it is worth another try. */
    @Test
    void tellsAnUnreachableServerFromAnyOtherFailure() {
        assertThat(failures.failed("dump", "mysqldump: Got error: 2002: \"Can't connect to MySQL server on 'db' (115)\""
                + " when trying to connect")).isInstanceOf(DumpConnectException.class);
        assertThat(failures.failed("dump", "mysqldump: Error 2013")).isNotInstanceOf(DumpConnectException.class)
                .hasMessage("dump: mysqldump: Error 2013");
    }

    /** What pg_dump 15 prints of a server 18. */
    @Test
    void saysWhatToDoAboutAServerThatIsTooNew() {
        assertThat(failures.failed("dump", "pg_dump: error: aborting because of server version mismatch | pg_dump:"
                + " detail: server version: 18.6; pg_dump version: 15.18"))
                .hasMessageContaining("server version: 18.6")
                .hasMessageContaining("; install a pg_dump of the server's major version or newer");
    }

    @Test
    void saysWhatToDoAboutAWrongPassword() {
        assertThat(failures.failed("dump", "mysqldump: Got error: 1045: \"Access denied for user 'b'@'h' (using"
                + " password: YES)\"")).hasMessageEndingWith("; check username and password");
    }

    @Test
    void saysWhatToDoAboutAMissingPrivilege() {
        assertThat(failures.failed("dump", "pg_dump: error: query failed: ERROR:  permission denied for table"
                + " customers")).hasMessageEndingWith("; grant the account what docs/dump.md lists for a dump");
    }

    @Test
    void saysHowToNameAToolThatCannotBeStarted() {
        assertThat(failures.notStarted("dump: cannot start pg_dump", new IOException("x")))
                .hasMessageContaining("option executable").hasCauseInstanceOf(IOException.class);
    }
}
