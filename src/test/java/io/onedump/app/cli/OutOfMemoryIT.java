package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.onedump.job.ExitCode;
import io.onedump.servers.Executables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command whose heap is too small, at its very beginning or while it works, does not blame its configuration. */
@Timeout(120)
class OutOfMemoryIT {

    @ParameterizedTest
    @CsvSource({"5, jobs", "6, jobs", "8, jobs", "12, jobs", "6, sync", "10, sync", "14, sync"})
    void isNoConfigurationProblem(int megabytes, String command, @TempDir Path folder) throws Exception {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Files.writeString(routes.resolve("shop.camel.yaml"), """
                - route:
                    id: shop
                    from:
                      uri: timer:shop
                      steps:
                        - to: log:shop
                """);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(Executables.ofJava("java"),
                "-XX:+UseSerialGC", "-Xmx" + megabytes + "m", "-cp", System.getProperty("java.class.path"),
                Onedump.class.getName(), command, command.equals("jobs") ? "--config" : "--source", routes.toString(),
                command.equals("jobs") ? "--properties" : "--to",
                command.equals("jobs")
                        ? Files.createFile(folder.resolve("application.properties")).toString()
                        : "file:" + folder.resolve("kept"))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isNotEqualTo(ExitCode.CONFIGURATION.code());
    }

    @Test
    void aSlowLogWithStatementsTooLongForTheHeapSaysWhatToDo(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("slow.log");
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int i = 0; i < 3; i++) {
                out.write("# Query_time: 1.000000  Lock_time: 0.000000 Rows_sent: 1  Rows_examined: 1\nSELECT '");
                out.write("x".repeat(40 << 20));
                out.write("';\n");
            }
        }
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(Executables.ofJava("java"),
                "-XX:+UseSerialGC", "-Xmx32m", "-cp", System.getProperty("java.class.path"), Onedump.class.getName(),
                "slow", log.toString()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.PRODUCER.code());
        assertThat(Files.readString(output)).contains("the heap is too small", "ONEDUMP_MEMORY");
    }
}
