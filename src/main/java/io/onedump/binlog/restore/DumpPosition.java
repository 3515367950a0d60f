package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.choice.RestoreException;

/** Finds in a dump's head the place in the binary log that the dump was made at; mysqldump has had three spellings. */
public final class DumpPosition {

    private static final int HEAD = 1 << 20;
    private static final Pattern STATEMENT = Pattern.compile(
            "CHANGE (?:MASTER|REPLICATION SOURCE) TO\\s+(?:MASTER|SOURCE)_LOG_FILE\\s*=\\s*'([^']+)'\\s*,"
                    + "\\s*(?:MASTER|SOURCE)_LOG_POS\\s*=\\s*(\\d+)");

    private DumpPosition() {
    }

    /**
     * @param name for messages
     * @param dump decompressed; its first bytes are read
     */
    public static BinlogPosition find(String name, InputStream dump) throws IOException {
        Matcher statement = STATEMENT.matcher(new String(dump.readNBytes(HEAD), StandardCharsets.ISO_8859_1));
        if (!statement.find()) {
            throw new RestoreException(name + " does not say at which binlog position it was made: make dumps with"
                    + " --master-data=2 or --source-data=2, or give the start with --start-file and --start-pos");
        }
        return BinlogPosition.of(statement.group(1), Long.parseLong(statement.group(2)));
    }
}
