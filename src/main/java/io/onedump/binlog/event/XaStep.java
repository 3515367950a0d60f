package io.onedump.binlog.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of a distributed transaction that the log has by itself: its rows stand where it was prepared, and what became
 * of them may be said much later.
 *
 * @param id as XA statements name it: {@code X'global',X'branch',format}
 */
public record XaStep(Kind kind, String id) {

    /** What was done. */
    public enum Kind {
        PREPARED,
        COMMITTED,
        ROLLED_BACK
    }

    private static final int LONGEST = 1024;
    private static final Pattern SETTLED = Pattern.compile("XA (COMMIT|ROLLBACK) (X'.*)", Pattern.DOTALL);

    /** That of the event at hand; null for all other events. */
    static XaStep of(EventReader events) {
        byte[] bytes = events.bytes();
        int at = events.at();
        if (events.type() == EventType.XA_PREPARE) {
            return prepared(bytes, at + EventHeader.LENGTH);
        }
        if (events.type() != EventType.QUERY || events.kept() > LONGEST) {
            return null;
        }
        int sql = EventContent.statementAt(bytes, at);
        Matcher settled = SETTLED.matcher(new String(bytes, sql, Math.max(0, at + events.kept() - sql),
                StandardCharsets.ISO_8859_1));
        return !settled.matches()
                ? null
                : new XaStep(settled.group(1).equals("COMMIT") ? Kind.COMMITTED : Kind.ROLLED_BACK,
                        settled.group(2).strip());
    }

    /** In one phase, format u32, lengths u32 of the two parts, the parts. Null for what was committed in one phase. */
    private static XaStep prepared(byte[] bytes, int at) {
        int global = (int) EventHeader.uint32(bytes, at + 5);
        int branch = (int) EventHeader.uint32(bytes, at + 9);
        int data = at + 13;
        return bytes[at] != 0
                ? null
                : new XaStep(Kind.PREPARED, id(EventHeader.uint32(bytes, at + 1),
                        Arrays.copyOfRange(bytes, data, data + global),
                        Arrays.copyOfRange(bytes, data + global, data + global + branch)));
    }

    /** A name as the log has it. */
    public static String id(long format, byte[] global, byte[] branch) {
        HexFormat hex = HexFormat.of();
        return "X'" + hex.formatHex(global) + "',X'" + hex.formatHex(branch) + "'," + format;
    }
}
