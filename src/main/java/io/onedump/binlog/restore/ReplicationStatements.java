package io.onedump.binlog.restore;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.replica.ArchiveSource;
import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/** What makes a server a replica, watches it and ends it, in the words of its family and version. */
final class ReplicationStatements {

    private static final Logger LOG = CleanLog.of(ReplicationStatements.class);

    private final MySqlSession session;
    private final boolean mariadb;
    private final boolean old;

    ReplicationStatements(MySqlSession session) {
        this.session = session;
        this.mariadb = session.flavour() == Flavour.MARIADB;
        this.old = mariadb || isOld(session.serverVersion());
    }

    /** MySQL before it had these statements by the names of today. */
    static boolean isOld(String mysqlVersion) {
        return ProductVersion.find(mysqlVersion).filter(version -> !version.isAtLeast(8, 0, 23)).isPresent();
    }

    /** Empty when the server is no replica. */
    Optional<ReplicationStatus> status() throws IOException {
        return row().map(ReplicationStatus::of);
    }

    private Optional<Row> row() throws IOException {
        return session.query(old ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS").stream().findFirst();
    }

    /** @param source {@code host:port} of one of ours */
    boolean isReplicaOf(String source) throws IOException {
        return row().filter(row -> ArchiveSource.USER.equals(ReplicationStatus.either(row, "Source_User",
                "Master_User"))
                && source.equals(ReplicationStatus.either(row, "Source_Host", "Master_Host") + ":"
                        + ReplicationStatus.either(row, "Source_Port", "Master_Port")))
                .isPresent();
    }

    /**
     * Refuses what the server could not be made to do.
     *
     * @throws RestoreException saying what would help
     */
    void check() throws IOException {
        if (old && !mariadb && GlobalSetting.value(session, "gtid_mode").filter("ON"::equals).isPresent()) {
            throw new RestoreException("the target, " + session.serverVersion() + ", has gtid_mode ON and cannot give"
                    + " transactions GTIDs of its own (from MySQL 8.0.23 on): restore with --engine tool");
        }
    }

    /** @param filtered whether filters are meant to be there */
    void start(ArchiveSource source, BinlogPosition from, boolean filtered) throws IOException {
        session.query(mariadb ? mariadb(source, from) : old ? mysql57(source, from) : mysql(source, from));
        if (!filtered) {
            for (Row row : session.query(old ? "SHOW SLAVE STATUS" : "SHOW REPLICA STATUS")) {
                ReplicationFilter.requireNone(row);
            }
        }
        session.query(old ? "START SLAVE" : "START REPLICA");
    }

    private static String mariadb(ArchiveSource source, BinlogPosition from) {
        return master(source, from) + ", MASTER_USE_GTID=no, MASTER_SSL_VERIFY_SERVER_CERT=0";
    }

    private static String mysql57(ArchiveSource source, BinlogPosition from) {
        return master(source, from) + ", MASTER_AUTO_POSITION=0";
    }

    private static String master(ArchiveSource source, BinlogPosition from) {
        return "CHANGE MASTER TO MASTER_HOST='" + source.host() + "', MASTER_PORT=" + source.port() + ", MASTER_USER='"
                + source.user() + "', MASTER_PASSWORD='" + source.password() + "', MASTER_LOG_FILE='" + from.file()
                + "', MASTER_LOG_POS=" + Math.max(4, from.offset())
                + ", MASTER_CONNECT_RETRY=1, MASTER_SSL=0";
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
        for (String statement : old
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
