package io.onedump.dump;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.LogInMethodException;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Queries;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.ServerId;

/** Asks a server what the choice of a dumper's options hangs on. */
final class MySqlServerProbe {

    /** ER_DBACCESS_DENIED_ERROR, ER_ACCESS_DENIED_ERROR and ER_ACCESS_DENIED_NO_PASSWORD_ERROR. */
    private static final List<Integer> ACCESS_DENIED = List.of(1044, 1045, 1698);

    /** ER_CON_COUNT_ERROR, ER_SERVER_SHUTDOWN, ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED. */
    private static final List<Integer> LATER = List.of(1040, 1053, 1203, 1226);

    /** For all questions together; each answer has the time of the settings. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private MySqlServerProbe() {
    }

    /**
     * What is known of a server.
     *
     * @param logInMethod the client's plugin for the account
     * @param hazards     null when nobody could be asked
     * @param serverId    MySQL's UUID of the server, MariaDB's number; null when nobody could be asked
     */
    record Answer(MySqlServer server, String logInMethod, MySqlHazards hazards, String serverId) {

        static Answer of(Queries server, String logInMethod, DumpScope scope) throws IOException {
            try (Queries patient = new PatientQueries(server, PATIENCE)) {
                return new Answer(ask(patient), logInMethod, MySqlHazards.ask(patient, scope), ServerId.of(patient));
            } catch (UncheckedIOException e) {
                throw new IOException(e.getCause().getMessage(), e);
            }
        }
    }

    /**
     * A probe that fails ends the dump: what it was to find out would be a guess, and the tool would tell a wrong
     * server what our own client refused to tell.
     *
     * @param tell                  for what stays unknown
     * @throws DumpConnectException when nobody answers, or nobody yet
     * @throws DumpException        when the account is refused, or the server is less safe than it has to be
     */
    static Answer ask(DumpRequest request, DumpScope scope, MySqlSettings settings, Scratch scratch,
            Consumer<String> tell) throws DumpException {
        try (MySqlSession session = MySqlSession.connect(settings)) {
            return Answer.of(session, session.logInMethod(), scope);
        } catch (LogInMethodException e) {
            if (e.revealing()) {
                throw new DumpException(request.subject() + ": " + e.getMessage(), e);
            }
            return askByClient(request, scope, settings, scratch, tell, e);
        } catch (IOException e) {
            throw failure(request, settings, e);
        }
    }

    private static Answer askByClient(DumpRequest request, DumpScope scope, MySqlSettings settings, Scratch scratch,
            Consumer<String> tell, LogInMethodException wanted) throws DumpException {
        try (Queries client = ClientQuestions.open(request, settings, scratch, wanted)) {
            return Answer.of(client, wanted.method(), scope);
        } catch (MySqlException e) {
            throw failure(request, settings, e);
        } catch (IOException e) {
            tell.accept(request.subject() + ": not asked before the dump, because the account's log-in method "
                    + wanted.method() + " is one of the database's own programs only, and they could not ask either ("
                    + e.getMessage() + "): no position in the binary log is noted, and nobody has looked whether the"
                    + " databases hold what the tool cannot dump (docs/dump.md)");
            ProductVersion version = ProductVersion.find(wanted.serverVersion())
                    .orElseThrow(() -> new DumpException(request.subject() + ": " + wanted.getMessage(), wanted));
            boolean mariaDb = Flavour.ofVersion(wanted.serverVersion()) == Flavour.MARIADB;
            return new Answer(new MySqlServer(mariaDb, version, false, false, false), wanted.method(), null, null);
        }
    }

    static DumpException failure(DumpRequest request, MySqlSettings settings, IOException e) {
        if (e instanceof MySqlException refused) {
            if (ACCESS_DENIED.contains(refused.code())) {
                return new DumpException(request.subject() + ": " + refused.serverMessage() + "; check username and"
                        + " password", e);
            }
            String message = request.subject() + ": " + e.getMessage();
            return LATER.contains(refused.code())
                    ? new DumpConnectException(message, e)
                    : new DumpException(message, e);
        }
        if (isUnreachable(e)) {
            return new DumpConnectException(request.subject() + ": nobody answers at " + settings.address() + ": "
                    + e.getMessage() + "; check that the server runs and that the address is right", e);
        }
        return new DumpException(request.subject() + ": " + e.getMessage(), e);
    }

    static boolean isUnreachable(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException || cause instanceof UnknownHostException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static MySqlServer ask(Queries session) throws IOException {
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

    private static boolean hasGtids(Queries session) throws IOException {
        List<Row> modes = session.query("SHOW GLOBAL VARIABLES LIKE 'gtid_mode'");
        return !modes.isEmpty() && !"OFF".equals(modes.get(0).get(1));
    }

    /**
     * Coordinates are read under FLUSH TABLES WITH READ LOCK, which takes RELOAD or, since MySQL 8.0.23, FLUSH_TABLES.
     */
    private static boolean mayLock(Queries session) throws IOException {
        for (Row row : session.query("SHOW GRANTS")) {
            String grant = String.valueOf(row.get(0)).toUpperCase(Locale.ROOT);
            boolean everywhere = grant.contains(" ON *.* ");
            if (everywhere && (grant.contains("ALL PRIVILEGES") || grant.contains("RELOAD")
                    || grant.contains("FLUSH_TABLES"))) {
                return true;
            }
        }
        return false;
    }
}
