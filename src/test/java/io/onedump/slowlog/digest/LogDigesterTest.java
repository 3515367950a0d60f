package io.onedump.slowlog.digest;

import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.report.Ranking;
import io.onedump.slowlog.report.Report;
import io.onedump.slowlog.report.ReportFormat;
import io.onedump.slowlog.Samples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.WorkFolder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class LogDigesterTest {

    @TempDir
    private Path folder;

    private static String json(LogDigester digester, Path... logs) throws Exception {
        LogDigest digest = digester.digest(Stream.of(logs).map(LogInput::file).toList());
        assertThat(digest.failures()).isEmpty();
        return ReportFormat.JSON.write(Report.of(digest, Ranking.DEFAULT, Limit.ALL, true, null));
    }

    private static LogDigester inPieces(int readers, int piece) {
        return new LogDigester(EventFilter.ALL, readers, Scratch.below(WorkFolder.root()), null,
                new DigestMemory(1 << 20, 1 << 20, piece));
    }

    /** Pieces of a few kilobytes: every kind of event gets to be the first and the last of one. */
    @TestFactory
    Stream<DynamicTest> severalReadersComeToTheSameAsOne() throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(Samples.server(""))) {
            logs = files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
        return logs.stream()
                .flatMap(log -> Stream.of(600, 1000, 4096, 50_000)
                        .map(piece -> dynamicTest(log.getFileName() + " in pieces of " + piece, () -> assertThat(
                                json(inPieces(3, piece), log))
                                .isEqualTo(json(Samples.digester(1), log)))));
    }

    @Test
    void namesTheLogsThatCannotBeRead() throws Exception {
        Path text = Files.writeString(folder.resolve("general.log"), "nothing of a slow log\n");
        Path missing = folder.resolve("missing.log");
        LogDigest digest = Samples.digester(2).digest(List.of(LogInput.file(missing),
                LogInput.file(Samples.server("mysql80-nidx.log")), LogInput.file(text)));
        assertThat(digest.overall().count()).isEqualTo(4);
        assertThat(digest.failures()).extracting(LogFailure::log)
                .containsExactly(missing.toString(), text.toString());
    }

    @Test
    void countsTheEventsOfALogThatIsUnpackedOnlyInPart() throws Exception {
        byte[] packed = Files.readAllBytes(Samples.server("derived-mysql80-plain.log.gz"));
        Path cut = Files.write(folder.resolve("cut.log.gz"), Arrays.copyOf(packed, packed.length / 2));
        LogDigest digest = Samples.digester(1).digest(List.of(LogInput.file(cut)));
        assertThat(digest.overall().count()).isPositive();
        assertThat(digest.failures()).singleElement().extracting(LogFailure::message).asString().contains("too early");
    }
}
