package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipFile;

import org.apache.camel.util.FileUtil;

/** MySQL for Linux on x86-64, in a jar that the build copies. It needs libaio1 and libnuma1. */
final class MySqlArchive {

    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

    private MySqlArchive() {
    }

    /** The folder of the programs of 8.0.31, which is filled at first use. */
    static Path unpacked() {
        return unpacked("mysql", "mysql-server.jar");
    }

    static Path unpacked(String name, String jar) {
        Path base = CopiedPrograms.path(name);
        if (!Files.isDirectory(base)) {
            unpack(base, jar);
        }
        return base;
    }

    private static void unpack(Path base, String name) {
        try (ServerFolder folder = ServerFolder.create("mysql-unpack");
                ZipFile jar = new ZipFile(CopiedPrograms.path(name).toFile())) {
            Path archive = folder.resolve(ARCHIVE);
            Files.copy(jar.getInputStream(jar.getEntry(ARCHIVE)), archive);
            Path unpacked = Files.createTempDirectory(base.getParent(), "mysql-");
            Command.of("tar", "-xzf", archive.toString(), "-C", unpacked.toString()).run();
            // Only a complete folder gets the final name.
            move(unpacked, base);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack MySQL", e);
        }
    }

    /** Another process of the tests may be first. */
    private static void move(Path unpacked, Path base) throws IOException {
        try {
            Files.move(unpacked, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(base)) {
                throw e;
            }
            FileUtil.removeDir(unpacked.toFile());
        }
    }
}
