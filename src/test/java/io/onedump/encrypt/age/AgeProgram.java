package io.onedump.encrypt.age;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.onedump.servers.Command;

/** Debian's age. */
final class AgeProgram {

    private final Path folder;

    AgeProgram(Path folder) {
        this.folder = folder;
    }

    /** As {@code age-keygen} makes one. */
    Path identity(String name) {
        Path file = folder.resolve(name);
        Command.of("age-keygen", "-o", file.toString()).run();
        return file;
    }

    static String recipient(Path identity) {
        return Command.of("age-keygen", "-y", identity.toString()).run().strip();
    }

    Path seal(Path plain, String... recipients) {
        Path sealed = folder.resolve(plain.getFileName() + ".age");
        List<String> words = new ArrayList<>(List.of("age", "-o", sealed.toString()));
        for (String recipient : recipients) {
            words.addAll(List.of("-r", recipient));
        }
        words.add(plain.toString());
        Command.of(words.toArray(String[]::new)).run();
        return sealed;
    }

    Path open(Path sealed, Path identity) {
        Path opened = folder.resolve(sealed.getFileName() + ".opened");
        // Of nothing it makes no file by itself.
        Command.of("sh", "-c", "age -d -i " + identity + " " + sealed + " > " + opened).run();
        return opened;
    }

    /** It asks for one on its terminal only. */
    Path sealByPassphrase(Path plain, String passphrase) throws IOException {
        Path sealed = folder.resolve(plain.getFileName() + ".age");
        onTerminal("age -p -o " + sealed + " " + plain, passphrase + "\n" + passphrase + "\n");
        return sealed;
    }

    Path openByPassphrase(Path sealed, String passphrase) throws IOException {
        Path opened = folder.resolve(sealed.getFileName() + ".opened");
        onTerminal("age -d -o " + opened + " " + sealed, passphrase + "\n");
        return opened;
    }

    private void onTerminal(String command, String input) throws IOException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            process.getOutputStream().write(input.getBytes());
            process.getOutputStream().flush();
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
