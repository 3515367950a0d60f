package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * An executable script that stands in for mysqldump or pg_dump. It does what the calls below said, in their order, and
 * notes how it was called.
 */
public final class StubDumper {

    public static final String MYSQL_TRAILER = "-- Dump completed on 2026-11-01  3:00:00\n";
    public static final String POSTGRES_TRAILER = "--\n-- PostgreSQL database dump complete\n--\n\n";

    private final Path folder;

    private StubDumper(Path folder) {
        this.folder = folder;
    }

    /** @param folder an existing folder, in which the script and its notes are put */
    public static StubDumper in(Path folder) {
        StubDumper dumper = new StubDumper(folder);
        dumper.write("#!/bin/bash\n");
        if (!dumper.path().toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make " + dumper.path() + " executable");
        }
        return dumper
                .then("notes=" + quoted(folder.toString()))
                .then("echo $$ >> \"$notes/pids\"")
                .then("printf '%s\\n' \"$@\" > \"$notes/arguments\"")
                .then("env > \"$notes/environment\"")
                .then("for word in \"$@\" \"--defaults-file=$PGPASSFILE\"; do case $word in --defaults-*file=?*)")
                .then("  cp -p \"${word#*=}\" \"$notes/options\";; esac; done");
    }

    /** Prints text on standard output. */
    public StubDumper prints(String text) {
        return printsBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public StubDumper printsBytes(byte[] bytes) {
        String escapes = HexFormat.of().withPrefix("\\x").formatHex(bytes);
        return then("printf '%b' '" + escapes + "'");
    }

    /** Prints that many bytes of INSERT statements and a line feed, at more than 500 MB a second. */
    public StubDumper printsInserts(long bytes) {
        String insert = "INSERT INTO t VALUES (1,'The quick brown fox jumps over the lazy dog');";
        return then("yes \"" + insert + "\" | head -c " + bytes).then("echo");
    }

    /** Prints text on standard error. */
    public StubDumper complains(String text) {
        return then("printf '%s\\n' " + quoted(text) + " >&2");
    }

    public StubDumper sleeps(Duration duration) {
        return then(String.format(Locale.ROOT, "sleep %.3f", duration.toMillis() / 1000.0));
    }

    /** From here on a plain kill does not end it. */
    public StubDumper ignoresTermination() {
        return then("trap '' TERM");
    }

    public StubDumper exits(int code) {
        return then("exit " + code);
    }

    /** Any line of bash. */
    public StubDumper then(String line) {
        write(line + "\n");
        return this;
    }

    private void write(String text) {
        try {
            Files.writeString(path(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path(), e);
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The program to run. */
    public Path path() {
        return folder.resolve("dumper");
    }

    /** The process ids of all its runs, the oldest first. */
    public List<Long> pids() {
        return lines("pids").stream().map(Long::valueOf).toList();
    }

    /** The arguments of the latest run. */
    public List<String> arguments() {
        return lines("arguments");
    }

    /** The environment of the latest run, as {@code NAME=value}. */
    public List<String> environment() {
        return lines("environment");
    }

    /**
     * A copy, permissions included, of the file named by {@code --defaults-file}, {@code --defaults-extra-file} or
     * {@code PGPASSFILE} in the latest run that had one.
     */
    public Path optionFile() {
        return folder.resolve("options");
    }

    private List<String> lines(String note) {
        Path file = folder.resolve(note);
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
