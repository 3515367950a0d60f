package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class HiddenKindsTest {

    @Test
    void areThoseWhosePrivilegeNoGrantOfTheDatabaseHas() {
        assertThat(missing("shop", "GRANT SELECT, LOCK TABLES ON `shop`.* TO `b`@`%`")).containsExactly("TRIGGER",
                "EVENT");
        assertThat(missing("shop", "GRANT SELECT, EVENT ON `shop`.* TO `b`@`%`")).containsExactly("TRIGGER");
        assertThat(missing("shop", "GRANT TRIGGER ON `shop`.`item` TO `b`@`%`", "GRANT EVENT ON `other`.* TO `b`@`%`"))
                .containsExactly("TRIGGER", "EVENT");
    }

    @Test
    void areNoneWhereEverythingIsGranted() {
        assertThat(missing("shop", "GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION")).isEmpty();
        assertThat(missing("shop", "GRANT USAGE ON *.* TO `b`@`%`", "GRANT SELECT, TRIGGER ON *.* TO `b`@`%`",
                "GRANT EVENT ON `sh\\_p`.* TO `b`@`%`", "GRANT EVENT ON `sh%`.* TO `b`@`%`")).isEmpty();
    }

    @Test
    void areFoundByThePatternThatADatabasesNameIsInAGrant() {
        assertThat(missing("a_b", "GRANT EVENT, TRIGGER ON `a\\_b`.* TO `b`@`%`")).isEmpty();
        assertThat(missing("axb", "GRANT EVENT, TRIGGER ON `a\\_b`.* TO `b`@`%`")).hasSize(2);
        assertThat(missing("axb", "GRANT EVENT, TRIGGER ON `a_b`.* TO `b`@`%`")).isEmpty();
    }

    private static List<String> missing(String database, String... grants) {
        return HiddenKinds.missing(List.of(grants), database);
    }
}
