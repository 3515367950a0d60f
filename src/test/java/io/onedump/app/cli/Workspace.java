package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A user's folder with {@code routes/}, {@code application.properties}, a work folder and a folder for artifacts, and
 * what must be true of it after each run. Failures are retried once and at once.
 */
final class Workspace {

    private final Path folder;

    private Workspace(Path folder) {
        this.folder = folder;
    }

    /** @param folder an empty one */
    static Workspace in(Path folder) {
        Workspace workspace = new Workspace(folder);
        try {
            Files.createDirectories(workspace.routes());
            for (String shared : List.of("errors.camel.yaml", "notify.camel.yaml")) {
                Files.copy(Distribution.home().resolve("routes").resolve(shared), workspace.routes().resolve(shared));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return workspace.property("onedump.work-directory", workspace.work().toString())
                .property("retry.connect.attempts", "0")
                .property("retry.storage.attempts", "1").property("retry.storage.delay", "50");
    }

    Path folder() {
        return folder;
    }

    Path routes() {
        return folder.resolve("routes");
    }

    /** Where dumps are spooled. */
    Path work() {
        return folder.resolve("work");
    }

    /** Where jobs keep artifacts in files. */
    Path kept() {
        return folder.resolve("kept");
    }

    Workspace property(String name, String value) {
        return append("application.properties", name + " = " + value.replace("\\", "\\\\") + "\n");
    }

    Workspace job(JobFile job) {
        return append("routes/" + job.id() + ".camel.yaml", job.yaml());
    }

    /** Writes a file, or adds to it. */
    Workspace append(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments a command that reads routes, and its options */
    Invocation onedump(String... arguments) {
        return Invocation.of(folder, arguments).with("--config", routes().toString());
    }

    /** A storage step for {@link #kept()}. */
    JobFile.Step keep() {
        return JobFile.Step.to("storage", "delegate", "file:" + kept());
    }

    /** All files below a folder, as relative paths; empty when there is no such folder. */
    static List<String> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without sidecars. */
    static List<String> artifacts(Path folder) {
        return files(folder).stream().filter(file -> !file.endsWith(".checksum")).toList();
    }

    /** The files that runs have in the work folder. */
    List<String> spooled() {
        return files(work()).stream().filter(file -> file.contains("/")).toList();
    }

    /** No artifact, no part of one, no spool, no process. */
    void assertNothingLeft() {
        assertThat(files(kept())).as("artifacts").isEmpty();
        assertThat(spooled()).as("spools").isEmpty();
        assertNoProcess();
    }

    /** No process is left that was given a path in this folder. */
    void assertNoProcess() {
        assertThat(ProcessWatch.now()).as("processes").noneMatch(arguments -> arguments.contains(folder.toString()));
    }

    /** Nobody can read a secret in what was printed or in the process list. */
    static void assertUnseen(String secret, Outcome outcome, Set<String> processes) {
        for (String form : List.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8))) {
            assertThat(outcome.everything()).doesNotContain(form);
            assertThat(processes).noneMatch(text -> text.contains(form));
        }
    }
}
