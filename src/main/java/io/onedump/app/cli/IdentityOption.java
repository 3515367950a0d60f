package io.onedump.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.encrypt.age.Identities;
import picocli.CommandLine.Option;

/** What opens sealed artifacts. Only files are named: what is in them would be seen in the process list. */
final class IdentityOption {

    /** How to give one, for messages. */
    static final String WAY_OUT = "name its file with --identity, or that of its passphrase with --passphrase-file";

    @Option(names = "--identity", paramLabel = "<file>", description = "Opens what is sealed (encrypt:age): the file"
            + " that onedump keygen or age-keygen wrote; may be repeated.")
    private List<Path> files = List.of();

    @Option(names = "--passphrase-file", paramLabel = "<file>", description = "Opens what is sealed with the passphrase"
            + " in the first line of that file.")
    private Path passphrase;

    /** @throws ConfigurationException naming the file that is no such one */
    Identities read() {
        Identities all = Identities.NONE;
        for (Path file : files) {
            all = all.and(read("--identity", file, Identities::parse));
        }
        return passphrase == null
                ? all
                : all.and(read("--passphrase-file", passphrase,
                        text -> Identities.ofPassphrase(text.lines().findFirst().orElse(""))));
    }

    private static Identities read(String option, Path file, Function<String, Identities> reading) {
        try {
            return reading.apply(Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of(option + " " + file, Files.exists(file)
                    ? "it cannot be read as text: " + e
                    : "there is no such file"));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(Problem.of(option + " " + file, e.getMessage()));
        }
    }
}
