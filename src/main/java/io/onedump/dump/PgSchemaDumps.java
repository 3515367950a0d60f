package io.onedump.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.onedump.artifact.Threads;
import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.ProcessSource;
import io.onedump.database.PostgresDsn;
import io.onedump.dump.postgres.Ddl;

/** Has pg_dump write the schema, as it is in a snapshot of ours. */
final class PgSchemaDumps implements Ddl {

    /** What pg_dump says of its progress. */
    private static final Pattern PROGRESS = Pattern.compile("^\\S*pg_dump\\S*: (?!(error|warning|detail|hint): )");

    private final Threads threads;
    private final DumpRequest request;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final List<ProcessSource> running = new ArrayList<>();
    private boolean closed;

    private PgSchemaDumps(Threads threads, DumpRequest request, List<String> arguments,
            Map<String, String> environment) {
        this.threads = threads;
        this.request = request;
        this.arguments = arguments;
        this.environment = environment;
    }

    static PgSchemaDumps prepare(Threads threads, DumpRequest request, Scratch scratch) throws IOException {
        String executable = PgDumper.executable(request, List.of("pg_dump"));
        PgDumper.refuseToTellThePassword(request);
        return new PgSchemaDumps(threads, request, List.of(executable, "--no-password",
                "--dbname=" + PostgresDsn.connectionString(request.dsn(), request.tunnel()),
                "--lock-wait-timeout=" + PgDumper.LOCK_WAIT.toMillis(), "--encoding=UTF8", "--format=plain",
                "--verbose", "-B"), PgDumper.environment(request.dsn(), scratch));
    }

    @Override
    public String read(String section, String snapshot, List<String> excluded) throws IOException {
        List<String> words = new ArrayList<>(arguments);
        words.add("--section=" + section);
        words.add("--snapshot=" + snapshot);
        excluded.forEach(pattern -> words.add("--exclude-table=" + pattern));
        Command command = Command.of(request.subject() + " schema", words, new DumpFailures())
                .withEnvironment(ChildEnvironment.of(List.of(), environment))
                .endingWith(Set.of(0), Trailer.POSTGRES).within(request.timeout(), request.stallTimeout())
                .hiding(Collections.singletonList(request.dsn().password())).passingOver(PROGRESS);
        ProcessSource source = started(command);
        try (source) {
            byte[] text = source.stream().readAllBytes();
            source.complete();
            return text(text);
        }
    }

    /** A database with the encoding SQL_ASCII may have anything in its names and texts. */
    private String text(byte[] bytes) throws DumpException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new DumpException(request.subject() + ": names or texts of the schema are not valid in the database's"
                    + " encoding: mend them, or dump as they are with dump:pgdump", e);
        }
    }

    private synchronized ProcessSource started(Command command) throws IOException {
        if (closed) {
            throw new IOException("the dump was stopped before its end");
        }
        ProcessSource source = ProcessSource.start(threads, command, null);
        running.add(source);
        return source;
    }

    @Override
    public void close() {
        List<ProcessSource> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(running);
        }
        all.forEach(ProcessSource::close);
    }
}
