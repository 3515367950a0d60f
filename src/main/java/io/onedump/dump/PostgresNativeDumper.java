package io.onedump.dump;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.ProducedSource;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.database.NamedFiles;
import io.onedump.database.PostgresSettings;
import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSettings;
import io.onedump.dump.mysql.Selection;
import io.onedump.dump.postgres.PgSelection;
import io.onedump.dump.postgres.PostgresDump;

/** Connections of our own to PostgreSQL, with the schema as pg_dump has it. */
final class PostgresNativeDumper implements Dumper {

    /** Of SQL states: the server does not take connections now, or has ended this one. */
    private static final String AWAY = "08.*|53300|57P0.|25P0[34]";

    @Override
    public void check(DumpRequest request, boolean tunnelled) {
        if (!request.options().isEmpty()) {
            throw new IllegalArgumentException("option options: " + request.kind() + " reads the rows itself and tells"
                    + " pg_dump all that it needs: leave it out, or use dump:pgdump");
        }
        if (request.dsn().database() == null) {
            throw new IllegalArgumentException("option dsn: it names no database: add one, or use dump:pgdumpall"
                    + " for the whole server");
        }
        if (request.ofOurOwn().selection().accounts()) {
            throw new IllegalArgumentException("option accounts: roles are the whole server's: a second job with"
                    + " dump:pgdumpall and options: --globals-only dumps them");
        }
        PgDumper.checkDsn(request.dsn(), tunnelled);
        try {
            settings(request);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option dsn: " + e.getMessage(), e);
        }
    }

    private static PgSettings settings(DumpRequest request) {
        return PostgresSettings.of(request.dsn(), request.tunnel(), null).withReadTimeout(request.stallTimeout());
    }

    @Override
    public Source start(Threads threads, DumpRequest request, Scratch scratch, Consumer<String> tell)
            throws IOException {
        DumpRequest.OfOurOwn own = request.ofOurOwn();
        Selection chosen = own.selection();
        PgSelection selection = new PgSelection(chosen.tables(), chosen.excluded(), chosen.where(), chosen.schema(),
                chosen.data(), chosen.data() || own.values());
        PgSchemaDumps schema = chosen.schema() ? PgSchemaDumps.prepare(threads, request, scratch) : null;
        PostgresDump dump = new PostgresDump(threads, settings(request), selection, own.parallel(), own.level(),
                NativeDumper.tool(), schema, what -> tell.accept(request.subject() + ": " + what));
        return ProducedSource.start(threads, request.subject(),
                new OwnDump(threads, request, scratch, dump, e -> told(request, e)));
    }

    private static DumpException told(DumpRequest request, IOException e) {
        if (e instanceof DumpException known) {
            return known;
        }
        String message = request.subject() + ": " + e.getMessage();
        if (e instanceof PgException refused) {
            return refused.state().matches(AWAY)
                    ? new DumpConnectException(message, e)
                    : new DumpException(message + hint(refused), e);
        }
        if (MySqlServerProbe.isUnreachable(e)) {
            return new DumpConnectException(message, e);
        }
        return new DumpException(message, e);
    }

    private static String hint(PgException refused) {
        if (refused.serverMessage().contains("row-level security")) {
            return "; ALTER ROLE … BYPASSRLS lets the account see every row, and excludeTables leaves the table out"
                    + " (docs/dump.md)";
        }
        return switch (refused.state()) {
            case "55P03" -> "; another session holds a lock on the table: dump when it is done";
            case "40001" -> "; the standby has to replay what the dump is in the way of: set hot_standby_feedback or a"
                    + " longer max_standby_streaming_delay there";
            case "28P01", "28000" -> "; check username and password";
            case "42501" -> "; grant the account what docs/dump.md lists for a dump";
            default -> "";
        };
    }

    @Override
    public List<String> tools(DumperKind kind) {
        return List.of("pg_dump");
    }

    @Override
    public List<Lack> lacks(DumpRequest request) {
        return NamedFiles.ofPostgres("dsn", request.dsn());
    }

    @Override
    public String extension(DumpRequest request) {
        return ".sql";
    }
}
