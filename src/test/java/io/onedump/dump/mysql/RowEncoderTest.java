package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowEncoderTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {
            "NUMBER, 12, (12)", "NUMBER, -0.50, (-0.50)", "FLOATING, -0, (-0e0)", "FLOATING, 0, (0)",
            "FLOATING, -1e-45, (-1e-45)", "PLAIN, 2024-01-01, ('2024-01-01')", "TEXT, it's, ('it\\'s')",
            "TEXT, a\\b, ('a\\\\b')", "TEXT, äöü€, ('äöü€')", "FOREIGN_TEXT, plain, ('plain')",
            "FOREIGN_TEXT, a~b, (x'617E62')", "FOREIGN_TEXT, a\\b, (x'615C62')", "FOREIGN_TEXT, é, (x'C3A9')",
            "HEX, AB, (x'4142')", "HEX, \"\", ('')", "BINARY, short, (x'73686F7274')", "BINARY, \"\", ('')",
            "BINARY, longer 'one', (_binary 'longer \\'one\\'')"})
    void writesEachKindSoThatItComesBack(ColumnKind kind, String value, String sql) {
        assertThat(encode(List.of(column(kind)), value.getBytes(StandardCharsets.UTF_8))).isEqualTo(sql);
    }

    @Test
    void writesNullAndSeveralValues() {
        assertThat(encode(List.of(column(ColumnKind.TEXT), column(ColumnKind.NUMBER), column(ColumnKind.TEXT)), null,
                new byte[] {'7'}, new byte[0])).isEqualTo("(NULL,7,'')");
    }

    @Test
    void escapesEveryByteThatNeedsItWhereverItStands() {
        for (byte special : new byte[] {0, '\n', '\r', 0x1a, '\'', '\\'}) {
            for (int length = 1; length < 40; length++) {
                for (int at = 0; at < length; at++) {
                    byte[] value = new byte[length];
                    Arrays.fill(value, (byte) 'x');
                    value[at] = special;
                    String escaped = "x".repeat(at) + "\\" + (char) RowEncoder.ESCAPES[special] + "x".repeat(length - at
                            - 1);
                    assertThat(encode(List.of(column(ColumnKind.TEXT)), value)).isEqualTo("('" + escaped + "')");
                }
            }
        }
    }

    @Test
    void neverWritesMoreThanItSaysAndLosesNothing() {
        Random random = new Random(3);
        List<Column> columns = Arrays.stream(ColumnKind.values()).map(RowEncoderTest::column).toList();
        for (int time = 0; time < 2000; time++) {
            byte[][] values = new byte[columns.size()][];
            for (int i = 0; i < values.length; i++) {
                values[i] = new byte[random.nextInt(time % 10 == 0 ? 70000 : 30)];
                random.nextBytes(values[i]);
            }
            byte[] row = row(values);
            RowEncoder encoder = new RowEncoder(columns);
            byte[] out = new byte[encoder.most(row.length)];
            int end = encoder.encode(row, 0, out, 0);
            assertThat(end).isLessThanOrEqualTo(out.length);
            String text = new String(out, 0, end, StandardCharsets.ISO_8859_1);
            assertThat(text).contains(hex(values[ColumnKind.HEX.ordinal()])).startsWith("(").endsWith(")");
        }
    }

    private static String hex(byte[] value) {
        return HexFormat.of().withUpperCase().formatHex(value);
    }

    private static Column column(ColumnKind kind) {
        return new Column("c", kind, "`c`");
    }

    private static String encode(List<Column> columns, byte[]... values) {
        byte[] row = row(values);
        RowEncoder encoder = new RowEncoder(columns);
        byte[] out = new byte[encoder.most(row.length) + 3];
        int end = encoder.encode(row, 0, out, 3);
        return new String(out, 3, end - 3, StandardCharsets.UTF_8);
    }

    /** As the text protocol sends it. */
    private static byte[] row(byte[]... values) {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        for (byte[] value : values) {
            if (value == null) {
                row.write(0xfb);
                continue;
            }
            int length = value.length;
            if (length < 0xfb) {
                row.write(length);
            } else if (length <= 0xffff) {
                row.write(0xfc);
                row.write(length);
                row.write(length >> 8);
            } else {
                row.write(0xfd);
                row.write(length);
                row.write(length >> 8);
                row.write(length >> 16);
            }
            row.writeBytes(value);
        }
        return row.toByteArray();
    }
}
