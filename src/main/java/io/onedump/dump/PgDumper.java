package io.onedump.dump;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.Completion;
import io.onedump.artifact.process.ProcessSource;
import io.onedump.artifact.process.ProgramPath;
import io.onedump.database.Dsn;
import io.onedump.database.NamedFiles;
import io.onedump.database.PostgresDsn;
import io.onedump.database.client.ClientPrograms;
import io.onedump.database.mysql.ThisMachine;
import io.onedump.database.postgres.PlainTextLogIn;
import org.slf4j.Logger;

/**
 * {@code pg_dump} and {@code pg_dumpall}. The password goes through a password file, the rest of the DSN through a
 * connection string (PostgreSQL manual, 34.1.1 and 34.16). A dump is one snapshot by itself.
 */
final class PgDumper implements Dumper {

    private static final Logger LOG = CleanLog.of(PgDumper.class);
    private static final List<String> ELSEWHERE = List.of("-f", "--file");
    private static final List<String> CONNECTION = List.of("-d", "--dbname", "-h", "--host", "-p", "--port", "-U",
            "--username", "-W", "--password", "-w");
    static final Duration LOCK_WAIT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Modes in which libpq believes whoever answers; {@code require} does not where it knows an authority. */
    private static final List<String> UNPROVED = List.of("disable", "allow", "prefer", "require");

    @Override
    public void check(DumpRequest request, boolean tunnelled) {
        if (request.kind() == DumperKind.pgdump && request.dsn().database() == null) {
            throw new IllegalArgumentException("option dsn: it names no database: add one, or use dump:pgdumpall"
                    + " for the whole server");
        }
        checkDsn(request.dsn(), tunnelled);
        if (ToolOptions.endsEarly(request.options())) {
            throw new IllegalArgumentException("option options: they must not hold the word --, which ends them");
        }
        if (grammar(request).has(request.options(), ELSEWHERE)) {
            throw new IllegalArgumentException("option options: they must not redirect the output (--file):"
                    + " storages get it from here");
        }
        if (grammar(request).has(request.options(), CONNECTION)) {
            throw new IllegalArgumentException("option options: they must not name the connection or a password:"
                    + " use dsn, username and"
                    + " password");
        }
        String format = format(request);
        if (format.startsWith("d")) {
            throw new IllegalArgumentException("option options: they ask for the directory format, which is not one"
                    + " stream: use --format"
                    + " custom, tar or plain");
        }
        String compression = compression(request);
        if (format.startsWith("p") && !List.of("0", "none").contains(compression)) {
            throw new IllegalArgumentException("option options: they have the tool compress a plain dump"
                    + " (--compress " + compression + "), which hides the line that proves that it is whole: use the"
                    + " option compression");
        }
    }

    static void checkDsn(Dsn dsn, boolean tunnelled) {
        try {
            PostgresDsn.words(dsn);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option dsn: " + e.getMessage(), e);
        }
        if (tunnelled && dsn.socket() != null) {
            throw new IllegalArgumentException("option dsn: a tunnel ends at a host and port, not at a Unix socket");
        }
    }

    private static ToolOptions grammar(DumpRequest request) {
        return request.kind() == DumperKind.pgdumpall ? ToolOptions.POSTGRES_ALL : ToolOptions.POSTGRES;
    }

    @Override
    public Source start(Threads threads, DumpRequest request, Scratch scratch, Consumer<String> tell)
            throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        Source dump = ProcessSource.start(threads, command(request, scratch, tell, facts), null);
        facts.put("databases", request.databases());
        return new DescribedSource(dump, facts);
    }

    Command command(DumpRequest request, Scratch scratch, Consumer<String> tell, Map<String, String> facts)
            throws IOException {
        String executable = executable(request, tools(request.kind()));
        refuseToTellThePassword(request);
        facts.put("snapshot",
                request.kind() == DumperKind.pgdumpall ? "transaction for each database" : "transaction");
        List<String> arguments = new ArrayList<>();
        arguments.add(executable);
        arguments.add("--no-password");
        arguments.add("--dbname=" + PostgresDsn.connectionString(request.dsn(), request.tunnel()));
        // By itself the tool waits for a lock without a word, until stallTimeout.
        arguments.add("--lock-wait-timeout=" + LOCK_WAIT.toMillis());
        arguments.addAll(request.options());
        return Command.of(request.subject(), arguments, new DumpFailures()).withLauncher(ProgramPath.largeBlocks())
                .withEnvironment(ChildEnvironment.of(List.of(), environment(request.dsn(), scratch)))
                .endingWith(Set.of(0), completion(request)).within(request.timeout(), request.stallTimeout())
                .hiding(Collections.singletonList(request.dsn().password())).closing(List.of(scratch));
    }

    static String executable(DumpRequest request, List<String> names) throws DumpException {
        return ClientPrograms.find(request.executable(), names)
                .orElseThrow(() -> new DumpException(request.subject() + ": none of "
                        + (request.executable() == null ? names : List.of(request.executable()))
                        + " was found on the PATH; install the database's client tools or name the tool with the option"
                        + " executable"));
    }

    /** The tool would tell it to whoever says that he is the server. */
    static void refuseToTellThePassword(DumpRequest request) throws DumpException {
        Dsn dsn = request.dsn();
        if (!isUnproved(dsn) || dsn.user() == null) {
            return;
        }
        String mode = PostgresDsn.words(dsn).getOrDefault("sslmode", "prefer");
        InetSocketAddress server = request.tunnel() != null
                ? request.tunnel()
                : new InetSocketAddress(dsn.host(), dsn.port());
        // On this machine, and through a tunnel whose other end is proved, it takes somebody who listens.
        boolean near = request.tunnel() != null || ThisMachine.is(dsn.host());
        boolean tls = mode.equals("prefer") || mode.equals("require");
        boolean asks;
        try {
            asks = PlainTextLogIn.asksForThePassword(server, tls, !near, dsn.user(), dsn.database(), PATIENCE);
        } catch (IOException e) {
            LOG.debug("{}: not asked before the dump: {}", request.subject(), e.toString());
            return;
        }
        if (asks) {
            throw new DumpException(request.subject() + ": the server asks for the password in plain text, "
                    + (near ? "without TLS" : "and sslmode=" + mode + " looks at no certificate")
                    + ", so anybody who answers in its place could read it; say sslmode=verify-full and sslrootcert in"
                    + " the DSN, or have the server ask by scram-sha-256 (pg_hba.conf)");
        }
    }

    private static boolean isUnproved(Dsn dsn) {
        Map<String, String> words = PostgresDsn.words(dsn);
        return dsn.password() != null && dsn.socket() == null
                && UNPROVED.contains(words.getOrDefault("sslmode", "prefer")) && !words.containsKey("sslrootcert");
    }

    @Override
    public List<String> tools(DumperKind kind) {
        return List.of(kind == DumperKind.pgdumpall ? "pg_dumpall" : "pg_dump");
    }

    @Override
    public List<Lack> lacks(DumpRequest request) {
        return NamedFiles.ofPostgres("dsn", request.dsn());
    }

    @Override
    public String extension(DumpRequest request) {
        if (completion(request) != Completion.EXIT_CODE) {
            return ".sql";
        }
        return format(request).startsWith("t") ? ".tar" : ".dump";
    }

    private static Completion completion(DumpRequest request) {
        if (request.kind() == DumperKind.pgdumpall) {
            return Trailer.POSTGRES_CLUSTER;
        }
        return format(request).startsWith("p") ? Trailer.POSTGRES : Completion.EXIT_CODE;
    }

    private static String format(DumpRequest request) {
        return request.kind() == DumperKind.pgdumpall
                ? "plain"
                : grammar(request).value(request.options(), "-F", "--format").orElse("plain");
    }

    private static String compression(DumpRequest request) {
        return request.kind() == DumperKind.pgdumpall
                ? "0"
                : grammar(request).value(request.options(), "-Z", "--compress").orElse("0");
    }

    static Map<String, String> environment(Dsn dsn, Scratch scratch) throws IOException {
        if (dsn.password() == null) {
            return Map.of();
        }
        Path file = scratch.secretFile("pgpass", PostgresDsn.passwordLine(dsn));
        // From libpq 16 on it keeps the password from a server that asks us for one thing and the tool for another.
        return isUnproved(dsn) && !ThisMachine.is(dsn.host()) && !PostgresDsn.words(dsn).containsKey("require_auth")
                ? Map.of("PGPASSFILE", file.toString(), "PGREQUIREAUTH", "!password")
                : Map.of("PGPASSFILE", file.toString());
    }
}
