package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubDumperTest {

    @TempDir
    private Path folder;

    @Test
    void printsEveryByteAndEnds() throws Exception {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        StubDumper dumper = StubDumper.in(folder).printsBytes(bytes).prints(StubDumper.MYSQL_TRAILER)
                .complains("it's \"broken\"").exits(3);
        Process process = new ProcessBuilder(dumper.path().toString(), "--user=a b", "").start();
        try (InputStream output = process.getInputStream()) {
            assertThat(output.readNBytes(256)).isEqualTo(bytes);
            assertThat(output.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(StubDumper.MYSQL_TRAILER);
        }
        assertThat(process.getErrorStream().readAllBytes()).asString().isEqualTo("it's \"broken\"\n");
        assertThat(process.waitFor()).isEqualTo(3);
        assertThat(dumper.arguments()).containsExactly("--user=a b", "");
        assertThat(dumper.pids()).containsExactly(process.pid());
    }

    @Test
    void printsInsertsOfAGivenSize() throws Exception {
        StubDumper dumper = StubDumper.in(folder).printsInserts(100_000_000).prints(StubDumper.POSTGRES_TRAILER);
        Process process = new ProcessBuilder(dumper.path().toString()).start();
        long began = System.nanoTime();
        long size = process.getInputStream().transferTo(OutputStream.nullOutputStream());
        System.out.printf("inserts: %d MB/s%n", size * 1000 / (System.nanoTime() - began));
        assertThat(size).isEqualTo(100_000_001 + StubDumper.POSTGRES_TRAILER.length());
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void keepsTheOptionFileItWasGiven() throws Exception {
        Path options = folder.resolve("my.cnf");
        Files.writeString(options, "[client]\n");
        Files.setPosixFilePermissions(options, PosixFilePermissions.fromString("rw-------"));
        StubDumper dumper = StubDumper.in(folder);
        run(dumper, "--defaults-extra-file=" + options);
        assertThat(dumper.optionFile()).hasContent("[client]");
        assertThat(Files.getPosixFilePermissions(dumper.optionFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(dumper.environment()).anyMatch(variable -> variable.startsWith("PATH="));
    }

    private static void run(StubDumper dumper, String argument) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(dumper.path().toString(), argument).start().waitFor()).isZero();
    }
}
