package io.onedump.slowlog.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.artifact.WorkFolder;
import io.onedump.slowlog.Samples;
import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.report.Ranking;
import io.onedump.slowlog.report.Report;
import io.onedump.slowlog.report.ReportFormat;
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

    private static LogDigester inPieces(int readers, int piece, int memory) {
        return new LogDigester(Threads.daemons(), EventFilter.ALL, readers, Scratch.below(WorkFolder.root()), null,
                new DigestMemory(memory, 1 << 20, piece));
    }

    /** Pieces of a few kilobytes: every kind of event gets to be the first and the last of one. */
    @TestFactory
    Stream<DynamicTest> severalReadersComeToTheSameAsOne() throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(Samples.server(""))) {
            logs = files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
        return logs.stream()
                .flatMap(log -> Stream.of(600, 1000, 4096, 50_000).flatMap(piece -> Stream.of(2_000, 1 << 20)
                        .map(memory -> dynamicTest(log.getFileName() + " in pieces of " + piece + ", memory " + memory,
                                () -> assertThat(json(inPieces(3, piece, memory), log))
                                        .isEqualTo(json(Samples.digester(1), log))))));
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

    /** Without SET timestamp, as MySQL 5.0 logs, only a time line says when the events after it were. */
    @Test
    void carriesTheTimeFromPieceToPiece() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            if (i % 50 == 0) {
                text.append(String.format("# Time: 081012  9:%02d:17%n", i / 50));
            }
            text.append("# User@Host: app[app] @ localhost []\n# Query_time: 1  Lock_time: 0  Rows_sent: 1  "
                    + "Rows_examined: 1\nSELECT a FROM t WHERE id = ").append(i).append(";\n");
        }
        Path log = Files.writeString(folder.resolve("old.log"), text);
        EventFilter filter = new EventFilter(1_223_802_200_000_000L, 1_223_802_500_000_000L, -1, List.of(), List.of(),
                List.of());
        for (EventFilter some : List.of(EventFilter.ALL, filter)) {
            List<String> digests = new ArrayList<>();
            for (int readers : new int[] {1, 2, 4}) {
                digests.add(
                        json(new LogDigester(Threads.daemons(), some, readers, Scratch.below(WorkFolder.root()), null,
                                new DigestMemory(1 << 20, 1 << 20, 600)), log));
            }
            assertThat(digests.get(0)).contains("first_seen");
            assertThat(digests).allMatch(digests.get(0)::equals);
        }
    }

    /** More users than get a number. */
    @Test
    void namesBeyondTheLimitDoNotDependOnTheReaders() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append("# User@Host: app[u").append(i % 25_000).append("] @ localhost []  Id: 1\n# Query_time: 0.1  "
                    + "Lock_time: 0 Rows_sent: 1  Rows_examined: 1\nSET timestamp=1795405993;\nSELECT a FROM t;\n");
        }
        Path log = Files.writeString(folder.resolve("users.log"), text);
        String one = json(inPieces(1, 1 << 16, 1 << 24), log);
        assertThat(one).contains("(other)");
        assertThat(json(inPieces(4, 1 << 16, 1 << 24), log)).isEqualTo(one);
        assertThat(json(inPieces(4, 1 << 16, 50_000), log)).isEqualTo(one);
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
