package io.onedump.binlog.restore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.replica.ArchiveSource;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import org.slf4j.Logger;

/** What makes a server a replica, watches it and ends it, in the words of its family (MySQL from 8.0.23 on). */
final class ReplicationStatements {

    private static final Logger LOG = CleanLog.of(ReplicationStatements.class);

    private final MySqlSession session;
    private final boolean mariadb;

    ReplicationStatements(MySqlSession session) {
        this.session = session;
        this.mariadb = session.flavour() == Flavour.MARIADB;
    }

    /** Empty when the server is no replica. */
    Optional<ReplicationStatus> status() throws IOException {
        List<Row> rows = session.query(mariadb ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS");
        return rows.stream().findFirst().map(ReplicationStatus::of);
    }

    void start(ArchiveSource source, BinlogPosition from) throws IOException {
        session.query(mariadb ? mariadb(source, from) : mysql(source, from));
        session.query(mariadb ? "START SLAVE" : "START REPLICA");
    }

    private static String mariadb(ArchiveSource source, BinlogPosition from) {
        return "CHANGE MASTER TO MASTER_HOST='" + source.host() + "', MASTER_PORT=" + source.port() + ", MASTER_USER='"
                + source.user() + "', MASTER_PASSWORD='" + source.password() + "', MASTER_LOG_FILE='" + from.file()
                + "', MASTER_LOG_POS=" + Math.max(4, from.offset())
                + ", MASTER_USE_GTID=no, MASTER_CONNECT_RETRY=1, MASTER_SSL=0, MASTER_SSL_VERIFY_SERVER_CERT=0";
    }

    private String mysql(ArchiveSource source, BinlogPosition from) throws IOException {
        boolean gtids = GlobalSetting.value(session, "gtid_mode").filter("ON"::equals).isPresent();
        return "CHANGE REPLICATION SOURCE TO SOURCE_HOST='" + source.host() + "', SOURCE_PORT=" + source.port()
                + ", SOURCE_USER='" + source.user() + "', SOURCE_PASSWORD='" + source.password()
                + "', SOURCE_LOG_FILE='"
                + from.file() + "', SOURCE_LOG_POS=" + Math.max(4, from.offset())
                + ", SOURCE_AUTO_POSITION=0, SOURCE_CONNECT_RETRY=1, SOURCE_SSL=0"
                + (gtids ? ", ASSIGN_GTIDS_TO_ANONYMOUS_TRANSACTIONS=LOCAL" : "");
    }

    /** Leaves no trace, whatever came before. */
    void stop() throws IOException {
        for (String statement : mariadb
                ? List.of("STOP SLAVE", "RESET SLAVE ALL")
                : List.of("STOP REPLICA",
                        "RESET REPLICA ALL")) {
            try {
                session.query(statement);
            } catch (MySqlException e) {
                LOG.warn("the target refused '{}': {}", statement, e.getMessage());
            }
        }
    }
}
