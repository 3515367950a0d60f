package io.onedump.app.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.PrivateFolder;
import io.onedump.encrypt.age.NewIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump keygen}: a new identity for sealed artifacts. */
@Command(name = "keygen", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Make a new identity, which opens sealed artifacts, and print its recipient, for which"
                + " encrypt:age seals them. The identity is secret: keep it where the backups are not, and a copy"
                + " elsewhere."
                + " Without it nothing can be restored.",
        footer = "Exit codes: 0 made, 1 the file is there already or cannot be written.")
final class KeygenCommand implements Callable<Integer> {

    @Option(names = "--output", paramLabel = "<file>", required = true, description = "The file for the identity,"
            + " readable to its owner only. One that is there is never replaced.")
    private Path output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        NewIdentity identity = NewIdentity.generate(Instant.now());
        write(identity);
        spec.commandLine().getOut().println(identity.recipient());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void write(NewIdentity identity) {
        Path file = output.toAbsolutePath();
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE), PrivateFolder.ownFile())) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(identity.file().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
                AtomicFile.syncFolder(file.getParent());
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new ConfigurationException(Problem.of("--output " + output, "it is there already and is not replaced:"
                    + " what it opens, nothing else might open; name another file"));
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of("--output " + output, "it cannot be written: " + e));
        }
    }
}
