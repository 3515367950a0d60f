package io.onedump.binlog.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.onedump.database.mysql.Flavour;

/**
 * What a file's first event says about the rest.
 *
 * @param serverVersion for example {@code 8.0.31} or {@code 10.11.19-MariaDB-log}
 * @param created       seconds since 1970 when the server had been started before this file, else 0
 * @param checksums     whether every event ends in a CRC-32; this event itself always does
 */
public record FormatDescription(String serverVersion, long created, boolean checksums) {

    private static final int VERSION_AT = EventHeader.LENGTH + 2;
    private static final int VERSION_LENGTH = 50;
    private static final int SHORTEST = VERSION_AT + VERSION_LENGTH + 5 + 1 + EventHeader.CHECKSUM;

    /**
     * @param at     where the event begins
     * @param length of the whole event
     * @throws IOException for servers before MySQL 5.6 and MariaDB 5.3, which know no checksums
     */
    public static FormatDescription parse(byte[] bytes, int at, int length) throws IOException {
        int version = length < SHORTEST ? 0 : (bytes[at + EventHeader.LENGTH] & 0xff);
        int algorithm = version == 4 ? bytes[at + length - EventHeader.CHECKSUM - 1] & 0xff : 0xff;
        if (algorithm > 1) {
            throw new IOException("binlog format " + version + " with checksum algorithm " + algorithm
                    + " is not supported: it takes MySQL 5.6 or MariaDB 5.3 at least");
        }
        int end = at + VERSION_AT;
        while (end < at + VERSION_AT + VERSION_LENGTH && bytes[end] != 0) {
            end++;
        }
        String server = new String(bytes, at + VERSION_AT, end - at - VERSION_AT, StandardCharsets.UTF_8);
        return new FormatDescription(server, EventHeader.uint32(bytes, at + VERSION_AT + VERSION_LENGTH),
                algorithm == 1);
    }

    public Flavour flavour() {
        return Flavour.ofVersion(serverVersion);
    }
}
