package io.onedump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.docs.Repository;
import org.junit.jupiter.api.Test;

/** The dependencies between packages that docs/architecture.md lists; all others are forbidden. */
class PackageDependenciesTest {

    private static final Path SOURCES = Repository.file("src/main/java/io/onedump");

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("artifact", Set.of()),
            Map.entry("ssh", Set.of("artifact")),
            Map.entry("database", Set.of("artifact")),
            Map.entry("secret", Set.of()),
            Map.entry("job", Set.of("artifact")),
            Map.entry("checksum", Set.of("artifact", "ssh")),
            Map.entry("slowlog", Set.of("artifact", "ssh")),
            Map.entry("storage", Set.of("artifact", "ssh")),
            Map.entry("dump", Set.of("artifact", "ssh", "database")),
            Map.entry("sync", Set.of("artifact", "ssh", "storage")),
            Map.entry("binlog", Set.of("artifact", "ssh", "database", "storage")),
            Map.entry("app",
                    Set.of("artifact", "ssh", "database", "secret", "job", "checksum", "slowlog", "storage", "dump",
                            "sync", "binlog")));

    /** The rooms of a package that may use only what is listed of each other; the package itself uses all of them. */
    private static final Map<String, Map<String, Set<String>>> ROOMS = Map.of("slowlog", Map.of(
            "text", Set.of(),
            "parse", Set.of("text"),
            "fingerprint", Set.of("text", "parse"),
            "log", Set.of("text", "parse"),
            "digest", Set.of("text", "parse", "fingerprint", "log"),
            "report", Set.of("text", "parse", "fingerprint", "log", "digest")));

    /** Protocols and parsers; a class in these folders knows nothing of Camel. */
    private static final List<String> WITHOUT_CAMEL =
            List.of("database/", "artifact/process/", "ssh/", "binlog/event/", "binlog/source/", "slowlog/text/",
                    "slowlog/parse/",
                    "slowlog/fingerprint/", "slowlog/log/", "slowlog/digest/", "slowlog/report/");

    private static final Pattern CLIENT_WORDS =
            Pattern.compile("\"(ssl|ssl-mode|ssl-ca|ssl-verify-server-cert|plugin-dir|get-server-public-key)\"");
    private static final Pattern PACKAGE_LINE = Pattern.compile("(?m)^package .*$");
    private static final Pattern OURS = Pattern.compile("\\bio\\.onedump\\.([a-z]\\w*)\\.");
    private static final Pattern CAMEL = Pattern.compile("\\borg\\.apache\\.camel\\b");

    @Test
    void packagesUseOnlyThoseThatTheyMay() throws IOException {
        assertThat(violations((file, text) -> {
            String user = file.substring(0, file.indexOf('/'));
            Set<String> forbidden = new TreeSet<>();
            Matcher uses = OURS.matcher(text);
            while (uses.find()) {
                if (!uses.group(1).equals(user) && !ALLOWED.getOrDefault(user, Set.of()).contains(uses.group(1))) {
                    forbidden.add(user + " must not use " + uses.group(1));
                }
            }
            return forbidden;
        })).isEmpty();
    }

    /** Commands run an application, an application reads a configuration, and nothing the other way. */
    @Test
    void theApplicationsRoomsUseOnlyThoseBelowThem() throws IOException {
        List<String> upwards = List.of("app.config", "app.run", "app.cli");

        assertThat(violations((file, text) -> {
            String room = file.substring(0, file.lastIndexOf('/')).replace('/', '.');
            return upwards.stream().skip(upwards.indexOf(room) + 1L).filter(above -> room.startsWith("app."))
                    .filter(above -> text.contains("io.onedump." + above + ".")).map(above -> room + " uses " + above)
                    .collect(Collectors.toSet());
        })).isEmpty();
    }

    /** An estate that only wants jobs tracked brings neither a scheduler nor a messenger. */
    @Test
    void jobsNeedCamelAndNoComponent() throws IOException {
        Pattern component = Pattern.compile("\\b(org\\.quartz|org\\.apache\\.camel\\.component|com\\.google)\\.");

        assertThat(violations((file, text) -> file.startsWith("job/") && component.matcher(text).find()
                ? Set.of("uses a component")
                : Set.of())).isEmpty();
    }

    @Test
    void roomsUseOnlyThoseThatTheyMay() throws IOException {
        assertThat(violations((file, text) -> {
            String[] path = file.split("/");
            Map<String, Set<String>> rooms = ROOMS.getOrDefault(path[0], Map.of());
            if (path.length < 3 || rooms.isEmpty()) {
                return Set.of();
            }
            Set<String> forbidden = new TreeSet<>();
            Matcher uses = Pattern.compile("\\bio\\.onedump\\." + path[0] + "\\.(\\w+)").matcher(text);
            while (uses.find()) {
                if (!uses.group(1).equals(path[1])
                        && !rooms.getOrDefault(path[1], Set.of()).contains(uses.group(1))) {
                    forbidden.add(path[0] + "." + path[1] + " must not use " + uses.group(1));
                }
            }
            return forbidden;
        })).isEmpty();
    }

    @Test
    void everyRoomHasItsRule() throws IOException {
        for (Map.Entry<String, Map<String, Set<String>>> rooms : ROOMS.entrySet()) {
            try (Stream<Path> folders = Files.list(SOURCES.resolve(rooms.getKey()))) {
                assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
                        .containsExactlyInAnyOrderElementsOf(rooms.getValue().keySet());
            }
        }
    }

    @Test
    void everyPackageHasItsRule() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
                    .isSubsetOf(ALLOWED.keySet());
        }
    }

    @Test
    void protocolsAndParsersKnowNothingOfCamel() throws IOException {
        assertThat(violations((file, text) -> {
            boolean applies = WITHOUT_CAMEL.stream().anyMatch(file::startsWith);
            return applies && CAMEL.matcher(text).find() ? Set.of("uses Camel") : Set.of();
        })).isEmpty();
    }

    /** It asks a backend what it can do. */
    @Test
    void syncKnowsNoBackend() throws IOException {
        assertThat(violations((file, text) -> file.startsWith("sync/")
                && Pattern.compile("io\\.onedump\\.storage\\.[a-z]").matcher(text).find()
                        ? Set.of("uses a backend")
                        : Set.of()))
                .isEmpty();
    }

    /** What a status means is said once, in {@code SftpFailure}; that a file is missing is no failure to many. */
    @Test
    void onlyTheSftpRoomJudgesStatuses() throws IOException {
        Pattern status = Pattern.compile("SftpStatusException\\.(?!NO_SUCH_FILE)[A-Z]");
        assertThat(violations((file, text) -> !file.startsWith("ssh/sftp/") && status.matcher(text).find()
                ? Set.of("judges an SFTP status")
                : Set.of())).isEmpty();
    }

    /** One place runs programs, so that one place redacts, judges and ends them; ssh carries its own. */
    @Test
    void onlyOneRoomStartsPrograms() throws IOException {
        assertThat(violations((file, text) -> !file.startsWith("artifact/process/") && !file.startsWith("ssh/")
                && text.contains("ProcessBuilder") ? Set.of("starts a program") : Set.of())).isEmpty();
    }

    /** A second writer of options files would soon mean something else by the same words. */
    @Test
    void onlyOneRoomKnowsTheClientsWordsForEncryption() throws IOException {
        assertThat(violations((file, text) -> !file.startsWith("database/")
                && CLIENT_WORDS.matcher(text).find() ? Set.of("writes a client's option") : Set.of())).isEmpty();
    }

    /** A second way from a DSN to a connection would soon forget what the first one keeps. */
    @Test
    void onlyOneClassMakesSettingsOfADsn() throws IOException {
        assertThat(violations((file, text) -> !file.startsWith("database/") && text.contains("MySqlSettings.of")
                ? Set.of("makes settings itself")
                : Set.of())).isEmpty();
    }

    /** @param rule gets a file's path below the sources and its text, and answers what is wrong with it */
    private static List<String> violations(BiFunction<String, String, Set<String>> rule) throws IOException {
        List<String> violations = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path path : files.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                String file = SOURCES.relativize(path).toString();
                String text = PACKAGE_LINE.matcher(Files.readString(path)).replaceFirst("");
                rule.apply(file, text).forEach(wrong -> violations.add(file + ": " + wrong));
            }
        }
        return violations;
    }
}
