package io.onedump.slowlog;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.artifact.WorkFolder;
import io.onedump.slowlog.digest.LogDigester;
import io.onedump.slowlog.digest.Scratch;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.report.LogEvents;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** Logs that real servers wrote, and what is in them. */
public final class Samples {

    public static final Path OWN = Path.of("src/test/resources/slowlogs");
    /** Public samples that are not ours to copy lie beside the project where there are any. */
    private static final Path BESIDE = Path.of("../shared/slowlogs");

    private Samples() {
    }

    /** The folders with samples that this machine has. */
    public static List<Path> folders() {
        return Stream.of(OWN, BESIDE).filter(Files::isDirectory).toList();
    }

    public static List<Path> expectations(Path folder) {
        try (Stream<Path> files = Files.walk(folder.resolve("expected"))) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path server(String name) {
        return OWN.resolve("server-generated").resolve(name);
    }

    public static JsonObject json(String text) {
        try {
            return (JsonObject) Jsoner.deserialize(text);
        } catch (DeserializationException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    public static JsonObject json(Path file) throws IOException {
        return json(Files.readString(file));
    }

    /** Digests all events; what does not fit into the memory goes to the system's temporary folder. */
    public static LogDigester digester(int readers) {
        return new LogDigester(Threads.daemons(), EventFilter.ALL, readers, Scratch.below(WorkFolder.root()), null);
    }

    public static List<JsonObject> events(LogInput log) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogEvents.write(log, out, EventFilter.ALL, true);
        return out.toString(StandardCharsets.UTF_8).lines().map(Samples::json).toList();
    }

    public static List<JsonObject> events(byte[] log) throws IOException {
        return events(LogInput.stream("log", () -> new ByteArrayInputStream(log)));
    }

    public static List<JsonObject> events(String log) throws IOException {
        return events(log.getBytes(StandardCharsets.UTF_8));
    }
}
