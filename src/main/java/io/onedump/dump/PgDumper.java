package io.onedump.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code pg_dump} and {@code pg_dumpall}. The password goes through a password file, the rest of the DSN through a
 * connection string (PostgreSQL manual, 34.1.1 and 34.16). A dump is one snapshot by itself.
 */
final class PgDumper implements Dumper {

    private static final List<String> ELSEWHERE = List.of("-f", "--file");
    private static final List<String> CONNECTION = List.of("-d", "--dbname", "-h", "--host", "-p", "--port", "-U",
            "--username", "-W", "--password", "-w");
    private static final String CONNECT_TIMEOUT = "30";

    @Override
    public void check(DumpRequest request) {
        if (request.kind() == DumperKind.pgdump && request.dsn().database() == null) {
            throw new IllegalArgumentException("option dsn: it names no database: add one, or use dump:pgdumpall"
                    + " for the whole server");
        }
        if (ToolOptions.has(request.options(), ELSEWHERE)) {
            throw new IllegalArgumentException("option options: they must not redirect the output (--file):"
                    + " storages get it from here");
        }
        if (ToolOptions.has(request.options(), CONNECTION)) {
            throw new IllegalArgumentException("option options: they must not name the connection or a password:"
                    + " use dsn, username and"
                    + " password");
        }
        if (request.dsn().params().containsKey("sslpassword")) {
            throw new IllegalArgumentException("option dsn: it must not hold sslpassword, which would show in the"
                    + " process list: use a"
                    + " client key without a passphrase, readable by this user only");
        }
        if (format(request).startsWith("d")) {
            throw new IllegalArgumentException("option options: they ask for the directory format, which is not one"
                    + " stream: use --format"
                    + " custom, tar or plain");
        }
    }

    @Override
    public Command command(DumpRequest request, Scratch scratch) throws IOException {
        boolean all = request.kind() == DumperKind.pgdumpall;
        List<String> arguments = new ArrayList<>();
        arguments.add(Executables.find(request, List.of(all ? "pg_dumpall" : "pg_dump")));
        arguments.add("--no-password");
        arguments.add("--dbname=" + connectionString(request.dsn()));
        arguments.addAll(request.options());
        return new Command(request.subject(), Executables.launcher(), arguments, environment(request.dsn(), scratch),
                null, Set.of(0),
                completion(request), request.timeout(), request.stallTimeout(),
                Collections.singletonList(request.dsn().password()), List.of(scratch));
    }

    @Override
    public String extension(DumpRequest request) {
        return switch (completion(request)) {
            case EXIT_CODE -> format(request).startsWith("t") ? ".tar" : ".dump";
            default -> ".sql";
        };
    }

    private static Completion completion(DumpRequest request) {
        if (request.kind() == DumperKind.pgdumpall) {
            return Completion.POSTGRES_CLUSTER;
        }
        return format(request).startsWith("p") ? Completion.POSTGRES : Completion.EXIT_CODE;
    }

    private static String format(DumpRequest request) {
        return ToolOptions.value(request.options(), "-F", "--format").orElse("plain");
    }

    private static Map<String, String> environment(Dsn dsn, Scratch scratch) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PGPASSWORD", "");
        if (dsn.password() != null) {
            Path file =
                    scratch.secretFile("pgpass", "*:*:*:*:" + dsn.password().replaceAll("([:\\\\])", "\\\\$1") + "\n");
            environment.put("PGPASSFILE", file.toString());
        }
        return environment;
    }

    private static String connectionString(Dsn dsn) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("host", dsn.socket() != null ? dsn.socket() : dsn.host());
        keys.put("port", String.valueOf(dsn.port()));
        keys.put("user", dsn.user());
        keys.put("dbname", dsn.database());
        keys.put("connect_timeout", CONNECT_TIMEOUT);
        keys.putAll(dsn.params());
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> {
            if (value != null) {
                text.append(text.isEmpty() ? "" : " ").append(key).append("='")
                        .append(value.replaceAll("(['\\\\])", "\\\\$1")).append('\'');
            }
        });
        return text.toString();
    }
}
