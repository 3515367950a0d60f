package io.onedump.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScanTest {

    /** Each with a bar where the scan stops. */
    @ParameterizedTest
    @ValueSource(strings = {"a|'x'|'y'|b", "E|'\\'x'|b", "$$ ' $$|b", "$a$ $$ $a$|b", "a|$|1|$|b", "\"a'b\"|c",
            "/* /* ' */ */|b", "x|-|1|-- it's\n|y", "e|'a\\\\'|b", "a|/|b", "'open", "$t$ open"})
    void passesOverWhatIsQuoted(String pieces) {
        String sql = pieces.replace("|", "");
        List<String> found = new ArrayList<>();
        for (int at = 0; at < sql.length();) {
            int next = SqlScan.next(sql, at);
            found.add(sql.substring(at, next));
            at = next;
        }
        assertThat(String.join("|", found)).isEqualTo(pieces);
    }
}
