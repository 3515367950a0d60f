package io.onedump.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.servers.StubDumper;

/** Dumps of a database that is not there, with a script in place of {@code pg_dump}. */
final class StubJob {

    static final String PASSWORD = "very&secret+word";

    private static final long SMALL = 100_000;

    private StubJob() {
    }

    /** A dumper in a folder of its own below the workspace, so that the process list shows whose it is. */
    static StubDumper dumper(Workspace workspace, String name) {
        Path folder = workspace.folder().resolve(name);
        try {
            return StubDumper.in(Files.createDirectories(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that works. */
    static StubDumper good(Workspace workspace) {
        return dumper(workspace, "good").printsInserts(SMALL).prints(StubDumper.POSTGRES_TRAILER);
    }

    /** The step that runs it; the artifact is {@code shop.sql}, not compressed. */
    static JobFile.Step step(StubDumper dumper) {
        return step(dumper, "shop.sql");
    }

    /** The same with another name for the artifact, for a second job in one place. */
    static JobFile.Step step(StubDumper dumper, String artifact) {
        return JobFile.Step.to("dump", "dumper", "pgdump", "executable", dumper.path().toString(),
                "dsn", "postgres://backup@127.0.0.1:1/shop", "password", "RAW(" + PASSWORD + ")",
                "compression", "none", "fileName", artifact);
    }

    /** A job {@code shop} that dumps. */
    static JobFile job(StubDumper dumper) {
        return JobFile.named("shop").then(step(dumper));
    }
}
