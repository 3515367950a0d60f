package io.onedump.binlog.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The small texts of an archive: a head, the CRC-32 of all that follows, then one {@code key value} a line. Texts of
 * older versions have no CRC-32.
 */
final class ArchiveText {

    private static final String CRC = "crc32";

    private final StringBuilder body = new StringBuilder();

    ArchiveText line(String key, Object value) {
        body.append(key).append(' ').append(String.valueOf(value).replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " "))
                .append('\n');
        return this;
    }

    String under(String head) {
        return head + "\n" + CRC + " " + crc(body.toString()) + "\n" + body;
    }

    /**
     * The lines below the head, each as key and value.
     *
     * @param  first                    the key that comes first
     * @throws IllegalArgumentException saying what is wrong
     */
    static List<String[]> parse(String head, String first, String text) {
        return parse(head, first, text, true);
    }

    /** @param checked whether its CRC-32 has to fit */
    static List<String[]> parse(String head, String first, String text, boolean checked) {
        String[] lines = text.split("\n");
        if (!lines[0].equals(head)) {
            throw new IllegalArgumentException("it begins with '" + lines[0] + "', not with '" + head + "'");
        }
        int from = 1;
        if (lines.length > 1 && lines[1].startsWith(CRC + " ")) {
            String rest = text.substring(lines[0].length() + lines[1].length() + 2);
            if (checked && !lines[1].equals(CRC + " " + crc(rest))) {
                throw new IllegalArgumentException("its own CRC-32 does not fit: it is damaged");
            }
            from = 2;
        }
        if (lines.length <= from || !lines[from].startsWith(first + " ")) {
            throw new IllegalArgumentException("it does not go on with '" + first + "': it is damaged");
        }
        List<String[]> values = new ArrayList<>();
        for (int i = from; i < lines.length; i++) {
            String[] line = lines[i].split(" ", 2);
            if (line.length < 2) {
                throw new IllegalArgumentException("it has a line without a value: '" + lines[i] + "'");
            }
            values.add(line);
        }
        return values;
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
