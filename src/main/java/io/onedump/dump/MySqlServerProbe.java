package io.onedump.dump;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.LogInMethodException;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a server what the choice of a dumper's options hangs on. */
final class MySqlServerProbe {

    private static final Logger LOG = LoggerFactory.getLogger(MySqlServerProbe.class);
    /** ER_DBACCESS_DENIED_ERROR, ER_ACCESS_DENIED_ERROR and ER_ACCESS_DENIED_NO_PASSWORD_ERROR. */
    private static final List<Integer> ACCESS_DENIED = List.of(1044, 1045, 1698);

    /** ER_CON_COUNT_ERROR, ER_SERVER_SHUTDOWN, ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED. */
    private static final List<Integer> LATER = List.of(1040, 1053, 1203, 1226);

    private MySqlServerProbe() {
    }

    /**
     * What is known of a server.
     *
     * @param server      null when the account has a log-in method that only the tool speaks
     * @param logInMethod the client's plugin for it
     */
    record Answer(MySqlServer server, String logInMethod) {
    }

    /**
     * A probe that fails ends the dump: what it was to find out would be a guess, and the tool would tell a wrong
     * server what our own client refused to tell.
     *
     * @throws DumpConnectException when nobody answers, or nobody yet
     * @throws DumpException        when the account is refused, or the server is less safe than it has to be
     */
    static Answer ask(DumpRequest request, MySqlSettings settings) throws DumpException {
        try (MySqlSession session = MySqlSession.connect(settings)) {
            return new Answer(ask(session), session.logInMethod());
        } catch (LogInMethodException e) {
            if (e.revealing()) {
                throw new DumpException(request.subject() + ": " + e.getMessage(), e);
            }
            LOG.warn("{}: not asked before the dump, because the account's log-in method {} is one of the tool only:"
                    + " no position in the binary log is noted, and nobody looks whether the tool fits the server",
                    request.subject(), e.method());
            return new Answer(null, e.method());
        } catch (MySqlException e) {
            if (ACCESS_DENIED.contains(e.code())) {
                throw new DumpException(request.subject() + ": " + e.serverMessage() + "; check username and"
                        + " password", e);
            }
            String message = request.subject() + ": " + e.getMessage();
            throw LATER.contains(e.code()) ? new DumpConnectException(message, e) : new DumpException(message, e);
        } catch (IOException e) {
            if (isUnreachable(e)) {
                throw new DumpConnectException(
                        request.subject() + ": nobody answers at " + settings.address()
                                + ": " + e.getMessage() + "; check that the server runs and that the address is right",
                        e);
            }
            throw new DumpException(request.subject() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isUnreachable(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof UnknownHostException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The first tables to be dumped that have generated columns, at most three. mariadb-dump writes values for them,
     * which MySQL refuses at restore (ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN).
     */
    static List<String> tablesWithGeneratedColumns(DumpRequest request, MySqlSettings settings) throws DumpException {
        String database = request.dsn().database();
        String schemas = database == null
                ? "NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')"
                : "= '" + database.replace("\\", "\\\\").replace("'", "''") + "'";
        try (MySqlSession session = MySqlSession.connect(settings)) {
            return session.query("SELECT DISTINCT CONCAT(table_schema, '.', table_name) FROM information_schema.columns"
                    + " WHERE generation_expression <> '' AND table_schema " + schemas + " LIMIT 3")
                    .stream().map(row -> row.get(0)).toList();
        } catch (IOException e) {
            throw new DumpException(request.subject() + ": cannot look for generated columns: " + e.getMessage(), e);
        }
    }

    private static MySqlServer ask(MySqlSession session) throws IOException {
        boolean mariaDb = session.flavour() == Flavour.MARIADB;
        ProductVersion version = ProductVersion.find(session.serverVersion()).orElseThrow(
                () -> new IOException("the server's version has no number: " + session.serverVersion()));
        Optional<BinlogPosition> position;
        boolean mayAsk = true;
        try {
            position = BinlogPosition.latest(session);
        } catch (MySqlException e) {
            position = Optional.empty();
            mayAsk = false;
        }
        return new MySqlServer(mariaDb, version, position.isPresent() || !mayAsk, mayAsk && mayLock(session),
                !mariaDb && hasGtids(session));
    }

    private static boolean hasGtids(MySqlSession session) throws IOException {
        List<Row> modes = session.query("SHOW GLOBAL VARIABLES LIKE 'gtid_mode'");
        return !modes.isEmpty() && !"OFF".equals(modes.get(0).get(1));
    }

    /**
     * Coordinates are read under FLUSH TABLES WITH READ LOCK, which takes RELOAD or, since MySQL 8.0.23, FLUSH_TABLES.
     */
    private static boolean mayLock(MySqlSession session) throws IOException {
        for (Row row : session.query("SHOW GRANTS")) {
            String grant = row.get(0).toUpperCase(Locale.ROOT);
            boolean everywhere = grant.contains(" ON *.* ");
            if (everywhere && (grant.contains("ALL PRIVILEGES") || grant.contains("RELOAD")
                    || grant.contains("FLUSH_TABLES"))) {
                return true;
            }
        }
        return false;
    }
}
