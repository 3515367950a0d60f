package io.onedump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.docs.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known in one place, so that it cannot be known differently in a second one. */
class OnePlaceTest {

    private static final Path SOURCES = Repository.file("src/main/java/io/onedump");

    /**
     * @param forbidden elsewhere
     * @param home      the files, or folders of files, that may
     * @param instead   what all others use
     */
    private record Rule(String forbidden, List<String> home, String instead) {
    }

    static List<Rule> rules() {
        return List.of(
                new Rule(
                        "new Thread\\(|\\bExecutors\\.|new ThreadPoolExecutor|new Timer\\("
                                + "|(supply|run)Async\\(|ForkJoinPool",
                        List.of("artifact/DaemonThreads.java"), "artifact.Threads"),
                new Rule("LoggerFactory\\.", List.of("artifact/CleanLog.java", "app/run/LogProvider.java"),
                        "artifact.CleanLog"),
                new Rule("ATOMIC_MOVE", List.of("artifact/AtomicFile.java"), "artifact.AtomicFile"),
                new Rule("\\.tryLock\\(\\)|\\bFileLock\\b", List.of("artifact/FileClaim.java"), "artifact.FileClaim"),
                // A binlog event's payload is not a stored artifact, and may be cut.
                new Rule("new (Zstd|GZIP)(In|Out)putStream\\w*\\(",
                        List.of("artifact/Compression.java", "binlog/event/EventContent.java"),
                        "artifact.Compression"),
                new Rule("new JsonFactory\\(|\\bJsonObject\\(|\\{\\\\\"", List.of("artifact/Json.java"),
                        "artifact.Json"),
                new Rule("(?i)0xfd\\W.*integer|case 0xfd", List.of("database/mysql/Payload.java"),
                        "database.mysql.Payload"),
                // That a file is missing is no failure to many.
                new Rule("SftpStatusException\\.(?!NO_SUCH_FILE)[A-Z]", List.of("ssh/sftp/"), "ssh.sftp.SftpFailure"),
                new Rule("ProcessBuilder", List.of("artifact/process/", "ssh/"), "artifact.process"),
                new Rule("\"(ssl|ssl-mode|ssl-ca|ssl-verify-server-cert|plugin-dir|get-server-public-key)\"",
                        List.of("database/"), "database.client.ClientOptionsFile"),
                new Rule("MySqlSettings\\.of", List.of("database/"), "database.MySqlDsn"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isTheOnlyOne(Rule rule) throws IOException {
        Pattern forbidden = Pattern.compile(rule.forbidden);
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> rule.home.stream().noneMatch(SOURCES.relativize(file).toString()::startsWith))
                    .flatMap(file -> lines(file).filter(line -> forbidden.matcher(line).find())
                            .map(line -> SOURCES.relativize(file) + ": " + line.strip()))
                    .toList();
            assertThat(found).as("use " + rule.instead).isEmpty();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
