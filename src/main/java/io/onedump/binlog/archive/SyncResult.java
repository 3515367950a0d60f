package io.onedump.binlog.archive;

import java.time.Instant;
import java.util.List;

/**
 * How a run ended.
 *
 * @param files  that have become whole in the storage
 * @param bytes  of binlog, before compression, that were stored
 * @param errors one sentence each; empty when all went well
 */
public record SyncResult(Instant finishedAt, int files, long bytes, List<String> errors) {

    public SyncResult {
        errors = List.copyOf(errors);
    }

    public boolean ok() {
        return errors.isEmpty();
    }

    /** One line: {@code {"finished_at":"…","files":3,"bytes":1048576,"ok":true,"error":""}}. */
    public String json() {
        return "{\"finished_at\":\"" + finishedAt + "\",\"files\":" + files + ",\"bytes\":" + bytes + ",\"ok\":" + ok()
                + ",\"error\":\"" + escape(String.join("; ", errors)) + "\"}";
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
