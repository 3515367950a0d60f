package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipFile;

/** MySQL 8.0.31 for Linux on x86-64, in a jar that the build copies. It needs libaio1 and libnuma1. */
final class MySqlArchive {

    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

    private MySqlArchive() {
    }

    /** The folder of the programs, which is filled at first use. */
    static Path unpacked() {
        Path base = CopiedPrograms.path("mysql");
        if (!Files.isDirectory(base)) {
            unpack(base);
        }
        return base;
    }

    private static void unpack(Path base) {
        try (ServerFolder folder = ServerFolder.create("mysql-unpack");
                ZipFile jar = new ZipFile(CopiedPrograms.path("mysql-server.jar").toFile())) {
            Path archive = folder.resolve(ARCHIVE);
            Files.copy(jar.getInputStream(jar.getEntry(ARCHIVE)), archive);
            Path unpacked = Files.createTempDirectory(base.getParent(), "mysql-");
            Command.of("tar", "-xzf", archive.toString(), "-C", unpacked.toString()).run();
            // Only a complete folder gets the final name.
            Files.move(unpacked, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack MySQL", e);
        }
    }
}
