package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewritingTest {

    private static final Rewriting TO_B = new Rewriting(Map.of("a", "b`c"), null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "SELECT `a`.`t`.`x` FROM `a`.`t`|SELECT `b``c`.`t`.`x` FROM `b``c`.`t`",
            "SELECT a.t.x, t.a.y FROM a . t|SELECT `b``c`.t.x, t.a.y FROM `b``c` . t",
            "SELECT 'a.t', 1.5, @a.b /* a.t */ -- a.t|SELECT 'a.t', 1.5, @a.b /* a.t */ -- a.t",
            "SELECT aa.t, `aa`.t, a, `a`|SELECT aa.t, `aa`.t, a, `a`"})
    void changesNamesBeforeDotsOnly(String before, String after) {
        assertThat(TO_B.named(before)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "CREATE DEFINER=`x`@`%` PROCEDURE p() SELECT 1",
            "CREATE DEFINER=`role` PROCEDURE p() SELECT 1",
            "CREATE DEFINER='x'@'localhost' PROCEDURE p() SELECT 1",
            "CREATE DEFINER = root@localhost PROCEDURE p() SELECT 1"})
    void changesOrLeavesOutTheDefiner(String create) {
        assertThat(new Rewriting(Map.of(), "").defined(create)).isEqualTo("CREATE PROCEDURE p() SELECT 1");
        assertThat(new Rewriting(Map.of(), "`y`@`%`").defined(create))
                .isEqualTo("CREATE DEFINER=`y`@`%` PROCEDURE p() SELECT 1");
        assertThat(new Rewriting(Map.of(), null).defined(create)).isEqualTo(create);
    }

    @Test
    void changesTheDefinerOfAView() {
        assertThat(new Rewriting(Map.of(), "").defined("CREATE ALGORITHM=UNDEFINED DEFINER=`x`@`y` SQL SECURITY DEFINER"
                + " VIEW `v` AS select 'DEFINER=`x`@`y` '"))
                .isEqualTo("CREATE ALGORITHM=UNDEFINED SQL SECURITY DEFINER VIEW `v` AS select 'DEFINER=`x`@`y` '");
    }

    @Test
    void namesTextsThatHoldTheOldName() {
        assertThat(TO_B.textsWithOldNames("SELECT 'a.t', 'xa', \"FROM `a`.t\", `a`.`b`"))
                .containsExactly("'a.t'", "\"FROM `a`.t\"");
    }
}
