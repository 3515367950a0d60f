package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Row;
import org.slf4j.Logger;

/** A global variable of the target that has another value while a restore runs, and gets its own back afterwards. */
final class GlobalSetting implements Closeable {

    private static final Logger LOG = CleanLog.of(GlobalSetting.class);

    private final MySqlSettings target;
    private final String name;
    private final String before;

    private GlobalSetting(MySqlSettings target, String name, String before) {
        this.target = target;
        this.name = name;
        this.before = before;
    }

    /** The value; empty where the server has no such variable. */
    static Optional<String> value(MySqlSession session, String name) throws IOException {
        List<Row> rows = session.query("SHOW GLOBAL VARIABLES LIKE '" + name + "'");
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0).get(1));
    }

    /** @throws MySqlException when the account may not */
    static GlobalSetting set(MySqlSettings target, String name, String value) throws IOException {
        try (MySqlSession session = MySqlSession.connect(target)) {
            String before = value(session, name).orElseThrow(() -> new IOException("the target has no variable"
                    + " " + name));
            session.query("SET GLOBAL " + name + "=" + value);
            LOG.info("target: {} set from {} to {} for the restore", name, before, value);
            return new GlobalSetting(target, name, before);
        }
    }

    @Override
    public void close() throws IOException {
        try (MySqlSession session = MySqlSession.connect(target)) {
            session.query("SET GLOBAL " + name + "=" + (before.matches("-?\\d+") ? before : "'" + before + "'"));
        }
    }
}
