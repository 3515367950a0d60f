package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;

class CleanTextTest {

    @Test
    void showsWhatATerminalWouldObey() {
        assertThat(CleanText.of("a\u001b[2Jb\u0007\u009b31m\u202ec"))
                .isEqualTo("a\\u001b[2Jb\\u0007\\u009b31m\\u202ec");
    }

    @Test
    void isOneLine() {
        assertThat(CleanText.of("denied\r\n2026-11-30 INFO shop: succeeded\u2028\u0085x\n")).isEqualTo(
                "denied 2026-11-30 INFO shop: succeeded x");
    }

    @Test
    void hasNoControlCharacterWhateverTheText() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            String text = random.ints(20, 0, 0x3000).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                    StringBuilder::append).toString();

            assertThat(CleanText.of(text)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
        }
    }

    @Test
    void beginsNoFurtherLineAtTheMargin() {
        assertThat(CleanText.lines("shop: FAILED\n  failed\r\n2026 INFO a\u001b\n\n")).isEqualTo(
                "shop: FAILED\n  failed\n  2026 INFO a\\u001b");
    }

    @Test
    void leavesOtherLinesAsTheyAre() {
        assertThat(CleanText.characters("a\n\tb\u001b\ufeff漢😀")).isEqualTo("a\n\tb\\u001b\\ufeff漢😀");
    }
}
