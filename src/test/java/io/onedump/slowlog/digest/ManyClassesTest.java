package io.onedump.slowlog.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.report.Ranking;
import io.onedump.slowlog.report.Report;
import io.onedump.slowlog.report.ReportFormat;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** More classes than fit into the memory, against counts that were kept when the log was made. */
@Tag("slow")
class ManyClassesTest {

    private static final int EVENTS = 12_000;
    /** Logs and heaps are a 64th of what they stand for, 64 MB to 1 GB. */
    private static final List<Long> HEAPS = List.of(1L << 20, 4L << 20, 16L << 20);
    private static final List<Integer> READERS = List.of(1, 2, 8, 16);

    @TempDir
    private Path folder;

    /** A log and what is in it: events, microseconds of query time and most rows of each class. */
    private record Log(Path file, Map<String, long[]> classes) {

        long events() {
            return sum(0);
        }

        long sum(int figure) {
            return classes.values().stream().mapToLong(c -> c[figure]).sum();
        }

        List<String> by(int figure) {
            return classes.keySet().stream()
                    .sorted(Comparator.comparing((String c) -> classes.get(c)[figure]).reversed()).toList();
        }
    }

    private Log log(String name, int events, IntUnaryOperator classOf) throws IOException {
        Map<String, long[]> classes = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        Random random = new Random(name.hashCode());
        for (int i = 0; i < events; i++) {
            int number = classOf.applyAsInt(i);
            String statement = "select " + word(number) + " from t where id = ?";
            long micros = 1 + random.nextInt(1000) * (long) (number % 91 + 1);
            long rows = random.nextInt(100_000);
            text.append("# User@Host: app").append(number % 3).append("[app] @ localhost []  Id:    10\n# Query_time: ")
                    .append(String.format("%d.%06d", micros / 1_000_000, micros % 1_000_000))
                    .append("  Lock_time: 0.000010 Rows_sent: 1  Rows_examined: ").append(rows).append('\n');
            if (i % 700 == 0) {
                text.append("use shop").append(i / 700 % 4).append(";\n");
            }
            text.append("SET timestamp=").append(1795405993 + i / 10).append(";\n")
                    .append(statement.replace("?", String.valueOf(i))).append(";\n");
            long[] sums = classes.computeIfAbsent(statement, c -> new long[3]);
            sums[0]++;
            sums[1] += micros;
            sums[2] = Math.max(sums[2], rows);
        }
        return new Log(Files.writeString(folder.resolve(name + ".log"), text), classes);
    }

    /** Letters only, because digits do not tell classes apart. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder("w");
        for (int rest = number; rest > 0; rest /= 26) {
            word.append((char) ('a' + rest % 26));
        }
        return word.toString();
    }

    private static IntUnaryOperator zipf(int classes) {
        double[] reached = new double[classes];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            sum += 1.0 / (i + 1);
            reached[i] = sum;
        }
        Random random = new Random(7);
        return i -> Math.min(classes - 1, Math.abs(Arrays.binarySearch(reached,
                random.nextDouble() * reached[classes - 1]) + 1));
    }

    private List<Log> logs() throws IOException {
        return List.of(log("even", EVENTS, i -> i * 7919 % 3000), log("zipf", EVENTS, zipf(4000)),
                log("heavy after light", EVENTS, i -> i < 8000 ? i : 8001),
                log("all distinct", EVENTS, i -> i), log("few", EVENTS, i -> i % 7));
    }

    private LogDigest digest(Log log, int readers, long heap, Ranking ranking) throws Exception {
        return new LogDigester(Threads.daemons(), EventFilter.ALL, readers, Scratch.below(folder.resolve("work")),
                ranking.weight(),
                DigestMemory.of(heap, readers)).digest(List.of(LogInput.file(log.file())));
    }

    private static void assertExact(Log log, LogDigest digest) {
        assertThat(digest.overall().count()).isEqualTo(log.events());
        assertThat(digest.overall().queryTime().sum()).isEqualTo(log.sum(1));
        assertThat(digest.classCount()).isEqualTo(log.classes().size());
        long listed = 0;
        for (ClassSummary c : digest.classes()) {
            long[] expected = log.classes().get(c.fingerprint());
            assertThat(c.count()).as(c.fingerprint()).isEqualTo(expected[0]);
            Profile profile = c.profile();
            assertThat(profile.count()).isEqualTo(expected[0]);
            assertThat(profile.queryTime().sum()).isEqualTo(expected[1]);
            assertThat(profile.metrics().get("Rows_examined").max()).isEqualTo(expected[2]);
            listed += c.count();
        }
        assertThat(digest.other() == null ? 0 : digest.other().count()).isEqualTo(log.events() - listed);
    }

    @TestFactory
    Stream<DynamicTest> everyFigureIsExactAndTheHeaviestAreListed() throws IOException {
        return logs().stream().flatMap(log -> HEAPS.stream().flatMap(heap -> READERS.stream()
                .map(readers -> dynamicTest(log.file().getFileName() + ", " + readers + " readers, " + heap, () -> {
                    try (LogDigest digest = digest(log, readers, heap, Ranking.DEFAULT)) {
                        assertExact(log, digest);
                        assertThat(digest.classes().stream().map(ClassSummary::queryMicros))
                                .containsExactlyElementsOf(log.by(1).subList(0, digest.classes().size()).stream()
                                        .map(c -> log.classes().get(c)[1]).toList());
                    }
                }))));
    }

    @TestFactory
    Stream<DynamicTest> readersNeverChangeAResult() throws IOException {
        return logs().stream().flatMap(log -> HEAPS.stream().map(heap -> dynamicTest(
                log.file().getFileName() + ", " + heap, () -> {
                    String one = json(digest(log, 1, heap, Ranking.DEFAULT));
                    for (int readers : READERS) {
                        assertThat(json(digest(log, readers, heap, Ranking.DEFAULT))).isEqualTo(one);
                    }
                })));
    }

    private static String json(LogDigest digest) throws IOException {
        StringWriter json = new StringWriter();
        try (digest) {
            ReportFormat.JSON.write(Report.of(digest, Ranking.DEFAULT, Limit.ALL, true, null), json);
        }
        return json.toString();
    }

    @Test
    void whatIsListedWhenNotAllCanBeIsWhatTheReportRanksBy() throws Exception {
        Log log = log("ranked", EVENTS, i -> i * 7919 % 3000);
        Ranking ranking = Ranking.parse("rows_examined:max");
        try (LogDigest digest = digest(log, 2, HEAPS.get(0), ranking)) {
            assertExact(log, digest);
            assertThat(digest.otherClasses()).isPositive();
            long least =
                    digest.classes().stream().mapToLong(c -> log.classes().get(c.fingerprint())[2]).min().orElse(0);
            assertThat(log.classes().values().stream().filter(c -> c[2] > least).count())
                    .isLessThanOrEqualTo(digest.classes().size());
        }
    }

    @Test
    void longStatementsLeaveNoClassOut() throws Exception {
        String list = "a_column_with_a_long_name, ".repeat(400);
        Path file = folder.resolve("long.log");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            text.append("# User@Host: a[a] @ localhost []  Id: 1\n# Query_time: 0.1  Lock_time: 0.0 Rows_sent: 0  "
                    + "Rows_examined: 0\nSET timestamp=1795405993;\nSELECT " + list + word(i % 1000) + " FROM t;\n");
        }
        Files.writeString(file, text);
        for (int readers : READERS) {
            try (LogDigest digest = new LogDigester(Threads.daemons(), EventFilter.ALL, readers,
                    Scratch.below(folder.resolve("work")), null, DigestMemory.of(4 << 20, readers))
                    .digest(List.of(LogInput.file(file)))) {
                assertThat(digest.otherClasses()).isZero();
                assertThat(digest.classes()).hasSize(1000).allSatisfy(c -> {
                    assertThat(c.count()).isEqualTo(4);
                    assertThat(c.sample().statement()).startsWith("SELECT " + list)
                            .hasSize((int) c.sample().textLength());
                });
            }
        }
    }

    @Test
    void everyReportSaysWhatIsNotListed() throws Exception {
        Log log = log("open", EVENTS, i -> i);
        try (LogDigest digest = digest(log, 2, HEAPS.get(0), Ranking.DEFAULT)) {
            assertThat(digest.otherClasses()).isPositive();
            Report report = Report.of(digest, Ranking.DEFAULT, Limit.parse("5"), true, null);
            for (ReportFormat format : ReportFormat.values()) {
                assertThat(format.write(report)).as(format.toString())
                        .contains(digest.otherClasses() + " classes more than the memory holds, with "
                                + digest.other().count() + " events");
            }
        }
    }

    @Test
    void leavesNothingInTheWorkFolder() throws Exception {
        try (LogDigest digest = digest(log("clean", EVENTS, i -> i), 2, HEAPS.get(0), Ranking.DEFAULT)) {
            assertThat(Files.list(folder.resolve("work")).filter(Files::isDirectory)).isNotEmpty();
        }
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void endsWithTheWorkFoldersFailure() throws Exception {
        Log log = log("full", EVENTS, i -> i);
        Scratch full = name -> folder.resolve("missing").resolve(name);
        LogDigester digester =
                new LogDigester(Threads.daemons(), EventFilter.ALL, 2, full, null, DigestMemory.of(HEAPS.get(0), 2));
        assertThatThrownBy(() -> digester.digest(List.of(LogInput.file(log.file())))).isInstanceOf(IOException.class)
                .hasMessageContaining("work folder").hasMessageContaining("onedump.work-directory");
    }

    @Test
    void memoryIsSharedByAllReaders() {
        for (int readers : new int[] {1, 2, 16, 64}) {
            DigestMemory memory = DigestMemory.of(256 << 20, readers);
            assertThat(memory.classes() * readers + memory.listed() * 200L).isLessThan(128 << 20);
            assertThat(memory.listed()).isGreaterThan(100_000);
            assertThat((long) memory.piece() * (readers + 2)).isLessThanOrEqualTo(32 << 20);
        }
    }
}
