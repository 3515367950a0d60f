package io.onedump.binlog.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.binlog.event.BinlogName;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;

/**
 * The binlog files that a server has, oldest first. Needs {@code REPLICATION CLIENT} (MariaDB: {@code BINLOG MONITOR}).
 */
public record ServerLog(List<File> files) {

    /** MySQL's {@code binlog_encryption} puts this many bytes before the log, on disk only. */
    private static final int ENCRYPTION_HEADER = 512;

    public ServerLog {
        files = List.copyOf(files);
    }

    /** @param size bytes as they are streamed */
    public record File(BinlogName name, long size) {
    }

    public static ServerLog of(MySqlSession session) throws IOException {
        List<File> files = new ArrayList<>();
        for (Row row : session.query("SHOW BINARY LOGS")) {
            long size = Long.parseLong(row.get("File_size"));
            boolean encrypted = "Yes".equalsIgnoreCase(row.get("Encrypted"));
            files.add(new File(BinlogName.parse(row.get("Log_name")), encrypted ? size - ENCRYPTION_HEADER : size));
        }
        if (files.isEmpty()) {
            throw new IOException("the server has no binlog file: its binary log is off; start it with --log-bin");
        }
        return new ServerLog(files);
    }

    public BinlogName oldest() {
        return files.get(0).name();
    }

    public BinlogName newest() {
        return files.get(files.size() - 1).name();
    }

    /** The same without the files up to one; itself when nothing would be left. */
    public ServerLog after(BinlogName name) {
        List<File> later = files.stream().filter(file -> file.name().compareTo(name) > 0).toList();
        return later.isEmpty() ? this : new ServerLog(later);
    }

    public boolean has(BinlogName name) {
        return files.stream().anyMatch(file -> file.name().equals(name));
    }

    /** Bytes that were written after a position. */
    public long bytesAfter(BinlogName name, long offset) {
        return files.stream().filter(file -> file.name().compareTo(name) >= 0)
                .mapToLong(file -> file.name().equals(name) ? Math.max(0, file.size() - offset) : file.size()).sum();
    }
}
