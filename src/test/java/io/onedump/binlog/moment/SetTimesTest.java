package io.onedump.binlog.moment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.PlainFiles;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.Restore;
import io.onedump.binlog.restore.RestorePlan;
import io.onedump.binlog.restore.StopAt;
import io.onedump.database.mysql.BinlogPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session says what time it is, and MariaDB logs that. */
class SetTimesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-23T07:00:00Z");
    private static final Instant END = BEGIN.plusSeconds(1800);

    @TempDir
    private Path folder;
    private MadeLog log;
    private long number;

    @BeforeEach
    void begin() {
        log = new MadeLog(null, 1, BEGIN);
        rows(1, 30);
    }

    /** Longer after the end than the end is, but before the file's last event. */
    @Test
    void oneThatIsSetIntoTheFutureDoesNotCutARestoreShort() throws IOException {
        rows(1, 3600);
        rows(15, 60);
        rows(5, 7200);

        RestorePlan plan = plan();

        assertThat(plan.transactions()).isEqualTo(17);
        assertThat(plan.lines()).anyMatch(line -> line.startsWith("note     1 transactions have a time that is ahead"));
        assertThat(plan.leftOut().transaction().begin().time()).isEqualTo(BEGIN.plusSeconds(7200));
    }

    @Test
    void severalOfASessionDoNotEither() throws IOException {
        for (int i = 0; i < 5; i++) {
            rows(1, 3600 + i);
            rows(30, 60 + i);
        }
        rows(5, 7200);

        assertThat(plan().transactions()).isEqualTo(156);
    }

    /** They began before the accident and ended after it; it must not come back with them. */
    @Test
    void statementsThatTookLongDoNotBringTheAccidentBack() throws IOException {
        rows(20, 1790);
        rows(1, 1810);
        rows(15, 1700);
        rows(5, 7200);

        RestorePlan plan = plan();

        assertThat(plan.transactions()).isEqualTo(21);
        assertThat(plan.lines()).anyMatch(line -> line.contains("15 of 20 have earlier times")
                && line.contains("--to-position"));
    }

    /** A DROP is what people restore for. */
    @Test
    void aChangeOfDefinitionsIsNeverPassedOver() throws IOException {
        log.transaction(++number, BEGIN.plusSeconds(3600), "DROP TABLE shop.item");
        rows(15, 60);
        rows(5, 7200);

        assertThat(plan().transactions()).isEqualTo(1);
    }

    /** MySQL 8 logs when it committed. */
    @Test
    void aCommitsOwnTimeIsBelieved() throws IOException {
        log = new MadeLog(UUID.randomUUID(), 1, BEGIN);
        rows(1, 30);
        rows(1, 3600);
        rows(15, 60);
        rows(5, 7200);

        assertThat(plan().transactions()).isEqualTo(1);
    }

    private void rows(int count, int second) {
        for (int i = 0; i < count; i++) {
            log.rows(++number, BEGIN.plusSeconds(second));
        }
    }

    private RestorePlan plan() throws IOException {
        Files.write(folder.resolve("binlog.000001"), log.bytes());
        return new Restore(new Archive(PlainFiles.of(folder))).plan(1, BinlogPosition.of("binlog.000001", 4),
                new StopAt.Time(END), Set.of(), true, Part.ALL);
    }
}
