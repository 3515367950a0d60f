package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class AtLinesTest {

    @Test
    void remembersTheNewestPositionHoweverTheBytesCome() throws IOException {
        byte[] text = ("# at 4\n#700101 server id 1\nBINLOG '\n# at x\nabc # at 9\n# at"
                + " 12345678901\nx").getBytes(StandardCharsets.US_ASCII);
        for (int step = 1; step < text.length; step++) {
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            AtLines lines = new AtLines(passed);
            for (int at = 0; at < text.length; at += step) {
                lines.write(text, at, Math.min(step, text.length - at));
            }
            assertThat(lines.newest()).isEqualTo(12345678901L);
            assertThat(passed.toByteArray()).isEqualTo(text);
        }
    }

    @Test
    void knowsOfNoneAtFirst() throws IOException {
        try (AtLines lines = new AtLines(new ByteArrayOutputStream())) {
            lines.write("# at \n# at 5".getBytes(StandardCharsets.US_ASCII));
            assertThat(lines.newest()).isEqualTo(-1);
        }
    }
}
