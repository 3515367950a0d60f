package io.onedump.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.database.mysql.MySqlSettings;

/** Files that a DSN names: whether they are here, and what they have to be. */
public final class NamedFiles {

    private static final List<String> OF_POSTGRES = List.of("sslrootcert", "sslcert", "sslkey", "sslcrl");

    private NamedFiles() {
    }

    /** @param option that named them */
    public static List<Lack> lacks(String option, MySqlSettings settings) {
        return Stream.of(
                missing(option, "the authority", settings.authority())
                        .or(() -> settings.authorityProblem().map(problem -> new Lack(option, problem, true))),
                missing(option, "server-public-key-path", settings.serverKey())
                        .or(() -> settings.serverKeyProblem().map(problem -> new Lack(option, problem, true))))
                .flatMap(Optional::stream).toList();
    }

    /** Those of a PostgreSQL server. */
    public static List<Lack> ofPostgres(String option, Dsn dsn) {
        Map<String, String> words = PostgresDsn.words(dsn);
        return OF_POSTGRES.stream().filter(words::containsKey).filter(word -> !words.get(word).equals("system"))
                .flatMap(word -> missing(option, word, Path.of(words.get(word))).stream()).toList();
    }

    private static Optional<Lack> missing(String option, String word, Path file) {
        return file == null || Files.isReadable(file) && !Files.isDirectory(file)
                ? Optional.empty()
                : Optional.of(new Lack(option, word + " " + file + " is no file that can be read here", true));
    }
}
