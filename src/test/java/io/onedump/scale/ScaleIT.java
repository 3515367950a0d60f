package io.onedump.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.onedump.servers.Executables;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The short form of {@code bench/scale}: two sizes. Each axis has a process of its own, in which nothing else costs
 * time, with the compiler that is done soonest: what it still compiles while the larger size runs would be counted.
 */
@Timeout(300)
class ScaleIT {

    static List<String> axes() {
        return Scale.axes().stream().map(ScaleAxis::what).toList();
    }

    @ParameterizedTest
    @MethodSource("axes")
    void costsGrowNoFasterThanTheWork(String axis, @TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(Executables.ofJava("java"),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-Djava.io.tmpdir=" + folder,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off", "-cp", System.getProperty("java.class.path"),
                Scale.class.getName(), "2", axis).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(280, TimeUnit.SECONDS)).as(axis).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        System.out.print(printed);
        assertThat(process.exitValue()).as(printed).isZero();
    }
}
