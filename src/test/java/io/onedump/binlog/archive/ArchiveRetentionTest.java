package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.BytesArtifact;
import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;

/** Whole files from the old end, and never one that a kept dump needs. */
class ArchiveRetentionTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MARGIN = Duration.ofDays(1);
    private static final int HISTORIES = 500;

    private MemoryStore store = new MemoryStore();

    @Test
    void keepsEverythingWithoutARule() throws IOException {
        files(1, 1, 30, START);

        assertThat(new ArchiveRetention(null, null, MARGIN).run(archive(), day(400), false)).isEmpty();
        assertThat(archive().files(1)).hasSize(30);
    }

    @Test
    void keepsWhatIsYoungEnough() throws IOException {
        files(1, 1, 30, START);

        new ArchiveRetention(Period.ofDays(10), null, MARGIN).run(archive(), day(30), false);

        assertThat(archive().files(1).get(0)).hasToString("binlog.000021");
        assertThat(store.names()).noneMatch(name -> name.contains("binlog.000020"));
    }

    @Test
    void removesNothingInADryRun() throws IOException {
        files(1, 1, 30, START);

        assertThat(new ArchiveRetention(Period.ofDays(10), null, MARGIN).run(archive(), day(30), true)).hasSize(20);
        assertThat(archive().files(1)).hasSize(30);
    }

    @Test
    void neverRemovesTheNewestFile() throws IOException {
        files(1, 1, 30, START);

        new ArchiveRetention(Period.ofDays(10), null, MARGIN).run(archive(), day(4000), false);

        assertThat(archive().files(1)).hasSize(1);
    }

    @Test
    void keepsWhatADumpNeedsEvenIfItsClockIsWrong() throws IOException {
        files(1, 1, 30, START);
        KeptDump dump = new KeptDump("a", day(25), new BinlogName("binlog", 12), "");

        new ArchiveRetention(null, List.of(dump), MARGIN).run(archive(), day(30), false);

        assertThat(archive().files(1).get(0)).hasToString("binlog.000012");
    }

    @Test
    void removesNothingForAJobThatHasKeptNothing() throws IOException {
        files(1, 1, 30, START);

        assertThat(new ArchiveRetention(Period.ofDays(1), List.of(), MARGIN).run(archive(), day(400), false))
                .singleElement().matches(ArchiveRetention.Decision::warning);
        assertThat(archive().files(1)).hasSize(30);
    }

    @Test
    void removesAWholeOldTimelineWithAllThatIsInItsFolder() throws IOException {
        files(1, 1, 5, START);
        archive().put(1, new Completeness(new BinlogName("binlog", 5), 100, day(5)));
        files(2, 1, 30, day(5));

        new ArchiveRetention(Period.ofDays(10), null, MARGIN).run(archive(), day(36), false);

        assertThat(store.names()).noneMatch(name -> name.startsWith("timeline-0001/"));
        assertThat(archive().newestTimeline()).hasValue(2);
    }

    @Test
    void saysWhichDumpCannotBeRolledForward() throws IOException {
        files(1, 10, 30, day(10));
        KeptDump lost = new KeptDump("lost", day(3), new BinlogName("binlog", 3), "");
        KeptDump good = new KeptDump("good", day(14), new BinlogName("binlog", 14), "");

        assertThat(new ArchiveRetention(null, List.of(lost, good), MARGIN).run(archive(), day(30), false))
                .filteredOn(ArchiveRetention.Decision::warning).singleElement()
                .satisfies(decision -> assertThat(decision.text()).contains("dump lost", "cannot be rolled forward"));
    }

    /** Every kept dump can be rolled forward to its timeline's end, whatever was removed, also by a run that died. */
    @Test
    void everyKeptDumpCanAlwaysBeRolledForward() throws IOException {
        int removed = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            removed += new History(seed).run();
        }
        assertThat(removed).isGreaterThan(HISTORIES * 5);
    }

    /** A server's life: files, dumps, new timelines, dumps that retention of their own removes. */
    private final class History {

        private final Random random;
        private final Duration skew;
        private final List<Taken> dumps = new ArrayList<>();
        private Instant now = START;
        private int timeline = 1;
        private int file = 1;

        /** A dump with the place that it truly has. */
        private record Taken(KeptDump said, int timeline, int file) {
        }

        History(int seed) {
            random = new Random(seed);
            skew = Duration.ofMinutes(random.nextInt(2 * 20 * 60) - 20 * 60);
            store = new MemoryStore();
        }

        int run() throws IOException {
            int removed = 0;
            for (int step = 0; step < 60; step++) {
                Instant begin = now;
                now = now.plus(Duration.ofMinutes(1 + random.nextInt(24 * 60)));
                if (random.nextInt(4) == 0) {
                    Instant told = begin.plus(skew).minusSeconds(random.nextInt(600));
                    boolean known = random.nextInt(5) > 0;
                    dumps.add(new Taken(new KeptDump("dump" + step, told,
                            known ? new BinlogName("binlog", file) : null, ""), timeline, file));
                }
                closed(timeline, file, begin, now);
                file++;
                if (random.nextInt(25) == 0) {
                    timeline++;
                    file = 1;
                }
                forgetDumps();
                if (random.nextInt(3) == 0) {
                    removed += thin();
                }
            }
            return removed;
        }

        private void forgetDumps() {
            for (Iterator<Taken> taken = dumps.iterator(); taken.hasNext();) {
                taken.next();
                if (random.nextInt(20) == 0) {
                    taken.remove();
                }
            }
        }

        private int thin() throws IOException {
            int before = archived();
            ArchiveRetention rules = new ArchiveRetention(random.nextBoolean() ? Period.ofDays(2) : null,
                    dumps.stream().map(Taken::said).toList(), MARGIN);
            if (random.nextInt(4) == 0) {
                store.dieAt(1 + random.nextInt(12));
                try {
                    rules.run(archive(), now.plus(skew), false);
                } catch (MemoryStore.Killed e) {
                    // The next run goes on.
                }
                store.live();
                requireForward();
            }
            rules.run(archive(), now.plus(skew), false);
            requireForward();
            requireNoHoles();
            return before - archived();
        }

        private void requireForward() throws IOException {
            for (Taken dump : dumps) {
                int newest = dump.timeline() == timeline ? file - 1 : lastOf(dump.timeline());
                for (int needed = dump.file(); needed <= newest; needed++) {
                    BinlogName name = new BinlogName("binlog", needed);
                    assertThat(store.names()).as("what %s needs", dump).contains(
                            ArchiveNames.object(dump.timeline(), name + ".zst"),
                            ArchiveNames.object(dump.timeline(), name + ".manifest"));
                }
            }
        }

        private int lastOf(int number) throws IOException {
            List<BinlogName> files = archive().files(number);
            return files.isEmpty() ? Integer.MAX_VALUE - 1 : (int) files.get(files.size() - 1).number();
        }

        private void requireNoHoles() throws IOException {
            for (int number = 1; number <= timeline; number++) {
                List<BinlogName> files = archive().files(number);
                for (int i = 1; i < files.size(); i++) {
                    assertThat(files.get(i)).isEqualTo(files.get(i - 1).next());
                }
            }
        }

        private int archived() {
            return (int) store.names().stream().filter(name -> name.endsWith(".manifest")).count();
        }
    }

    private Archive archive() {
        return new Archive(store);
    }

    private static Instant day(int number) {
        return START.plus(Duration.ofDays(number));
    }

    /** One file a day. */
    private void files(int timeline, int from, int to, Instant first) throws IOException {
        for (int number = from; number <= to; number++) {
            Instant begin = first.plus(Duration.ofDays(number - from));
            closed(timeline, number, begin, begin.plus(Duration.ofHours(23)));
        }
    }

    private void closed(int timeline, int number, Instant first, Instant last) throws IOException {
        BinlogName file = new BinlogName("binlog", number);
        store.put(ArchiveNames.object(timeline, file + ".zst"),
                new BytesArtifact("w", "whole".getBytes(StandardCharsets.UTF_8)));
        archive().put(timeline, new FileManifest(file, FileManifest.State.CLOSED, "", "8.0.31", "f", first, last,
                file.next(), List.of(new Piece(file + ".zst", 0, 100, 5, "0"))));
    }
}
