package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where and how the launcher can be started, and when it makes its class-data archive, for which nobody waits long. */
@Timeout(40)
class LauncherIT {

    @TempDir
    private static Path folder;

    private static Path home;

    /** A copy, in a folder with a space in its name. */
    @BeforeAll
    static void install() throws IOException {
        home = folder.resolve("my programs/onedump");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(Distribution.launcher(), Distribution.launcher(home));
        assertThat(Distribution.launcher(home).toFile().setExecutable(true)).isTrue();
        try (Stream<Path> jars = Files.list(Distribution.home().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
            }
        }
    }

    @Test
    void makesItsArchiveOnceAndAnewWhenTheJarsChange() throws IOException {
        startsWell(onedump());
        List<Path> first = archives(home.resolve("cache"));
        assertThat(first).hasSize(1);
        FileTime made = Files.getLastModifiedTime(first.get(0));

        startsWell(onedump());
        assertThat(archives(home.resolve("cache"))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(first.get(0))).isEqualTo(made);

        Path added = Files.writeString(home.resolve("lib/added.jar"), "");
        Files.setLastModifiedTime(added, FileTime.from(Instant.EPOCH));
        startsWell(onedump());
        assertThat(archives(home.resolve("cache"))).hasSize(1).isNotEqualTo(first);
    }

    @Test
    void firstStartsAtTheSameTimeDoNotMeet() throws IOException {
        Path caches = folder.resolve("shared");
        List<RunningCommand> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            running.add(readOnly(onedump()).env("XDG_CACHE_HOME", caches.toString()).start());
        }
        for (RunningCommand command : running) {
            try (command) {
                assertGood(command.await());
            }
        }
        assertThat(archives(caches)).hasSize(1);
    }

    @Test
    void worksThroughALinkAndFromAnyFolder() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("od"), Distribution.launcher(home));
        startsWell(invocation(link.toString()));
    }

    @Test
    void worksFromAReadOnlyInstallationWithoutAHome() {
        startsWell(readOnly(onedump()).env("HOME", "").env("XDG_CACHE_HOME", "").env("ONEDUMP_NO_CACHE", ""));
    }

    @Test
    void worksWithDash() {
        startsWell(invocation("dash", Distribution.launcher(home).toString()));
    }

    @Test
    void readsNamesOutsideAsciiWhateverTheLocale() throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        Path target = folder.resolve("target");
        Files.writeString(source.resolve("für.txt"), "content");
        Outcome outcome = new Invocation(
                List.of(Distribution.launcher(home).toString(), "sync", "--source", source.toString(),
                        "--to", "file:" + target, "--state", folder.resolve("sync.db").toString()),
                Map.of("LANG", "C", "LC_ALL", "", "LC_CTYPE", ""), folder, Duration.ofMinutes(2)).run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(target.resolve("für.txt")).hasContent("content");
    }

    @Test
    void saysThatThereIsNoJava() {
        Outcome outcome = onedump().env("JAVA_HOME", "/absent").run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.errors()).contains("no Java found").contains("17");
    }

    private static Invocation onedump() {
        return invocation(Distribution.launcher(home).toString());
    }

    private static Invocation invocation(String... words) {
        return new Invocation(List.of(words), Map.of(), folder, Duration.ofMinutes(2)).with("--version");
    }

    /** In a mount namespace of its own where that is allowed, because to root every folder is writable. */
    private static Invocation readOnly(Invocation invocation) {
        return invocation.through("unshare", "--mount", "--map-root-user", "sh", "-c",
                "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"", home.toString());
    }

    private static void startsWell(Invocation invocation) {
        assertGood(invocation.run());
    }

    private static void assertGood(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        assertThat(outcome.output()).startsWith("onedump ");
        assertThat(outcome.errors()).isEmpty();
    }

    private static List<Path> archives(Path caches) throws IOException {
        try (Stream<Path> files = Files.walk(caches)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
