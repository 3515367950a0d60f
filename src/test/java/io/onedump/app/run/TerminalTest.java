package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;

import org.junit.jupiter.api.Test;

class TerminalTest {

    private static final String HASH = "c6d244acac1fd87f4f0c46ca631d6487e15c91e37d71330bf83d9428de72f58c";

    @Test
    void breaksBetweenWordsAndIndentsWhatFollows() {
        assertThat(Terminal.folded("shop: succeeded in 0.4 s\n  stored file:/var/backups/shop-20261123-070013.sql.zst,"
                + " 1.2 kB, sha256 " + HASH, 80)).isEqualTo("shop: succeeded in 0.4 s\n"
                        + "  stored file:/var/backups/shop-20261123-070013.sql.zst, 1.2 kB, sha256\n"
                        + "      " + HASH);
    }

    @Test
    void keepsALineThatJustFits() {
        String line = "a".repeat(39) + " " + "b".repeat(40);

        assertThat(Terminal.folded(line, 80)).isEqualTo(line);
        assertThat(Terminal.folded(line + " c", 80)).isEqualTo(line + "\n    c");
    }

    @Test
    void keepsAWordWholeThatIsTooLong() {
        String location = "s3:" + "x".repeat(100);

        assertThat(Terminal.folded("keep  " + location + " it is new", 80))
                .isEqualTo("keep\n    " + location + "\n    it is new");
        assertThat(Terminal.folded(location, 80)).isEqualTo(location);
        assertThat(Terminal.folded("  " + location + "   ", 80)).isEqualTo("  " + location + "   ");
    }

    @Test
    void leavesLinesAsTheyAreWhereThereIsNoTerminal() {
        String line = "word ".repeat(100);

        assertThat(Terminal.folded(line)).isEqualTo(line);
        assertThat(Terminal.folded(line, 0)).isEqualTo(line);
        assertThat(Terminal.folded(line, 10)).isEqualTo(line);
    }

    @Test
    void foldsWhatIsWrittenInPieces() throws IOException {
        StringWriter out = new StringWriter();
        try (Writer folding = Terminal.folding(out, 40)) {
            folding.write("select ".repeat(4));
            folding.append("from somewhere\nshort");
            folding.write('\n');
            folding.write("no end");
        }

        assertThat(out).hasToString("select select select select from\n    somewhere\nshort\nno end");
        assertThat(Terminal.folding(out, 0)).isSameAs(out);
    }

    @Test
    void foldsErrorsByTheWidthOfTheirOwnTerminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setProperty("onedump.error.columns", "40");
        try (PrintWriter errors = Terminal.errors(new PrintStream(out))) {
            errors.println("word ".repeat(10).strip());
            errors.print("\r50 %" + " ".repeat(50));
        } finally {
            System.clearProperty("onedump.error.columns");
        }

        assertThat(out).hasToString("word ".repeat(8).strip() + "\n    word word\n\r50 %" + " ".repeat(50));
    }

    @Test
    void cutsALineThatIsWrittenOverAgain() {
        assertThat(Terminal.clipped("x".repeat(79))).isEqualTo("x".repeat(79));
        assertThat(Terminal.clipped("x".repeat(200))).isEqualTo("x".repeat(78) + "…");
    }
}
