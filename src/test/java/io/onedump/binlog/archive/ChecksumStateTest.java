package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumStateTest {

    private static final BinlogName NAME = BinlogName.parse("binlog.000007");
    private static final ChecksumState.Entry ENTRY =
            new ChecksumState.Entry("ab".repeat(32), 123, Instant.parse("2026-11-30T10:00:00.123456789Z"));

    @TempDir
    private Path spool;

    @Test
    void comesBackAsItWasKept() throws IOException {
        ChecksumState.load(spool).put(NAME, ENTRY);

        assertThat(ChecksumState.load(spool).of(NAME)).contains(ENTRY);
        assertThat(spool.toFile().list()).containsExactly("checksums");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0\0\0\0\0", "abcd 12", "abcd x 2026-11-30T10:00:00Z binlog.000008",
            "abcd 1 yesterday binlog.000008", "abcd 1 2026-11-30T10:00:00Z binlog", "\u00ff\u00fe"})
    void forgetsOnlyWhatACrashHasDamaged(String line) throws IOException {
        ChecksumState.load(spool).put(NAME, ENTRY);
        Path file = spool.resolve("checksums");
        Files.write(file, (line + "\n" + Files.readString(file)).getBytes("ISO-8859-1"));

        ChecksumState state = ChecksumState.load(spool);
        assertThat(state.of(NAME)).contains(ENTRY);
        state.put(BinlogName.parse("binlog.000008"), ENTRY);
        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    @Test
    void comesBackWhereItIsSavedNowAndThenOnly() throws IOException {
        ChecksumState state = ChecksumState.load(spool);
        for (int number = 1; number <= 100; number++) {
            state.put(new BinlogName("binlog", number), ENTRY);
        }
        state.save();

        ChecksumState again = ChecksumState.load(spool);
        for (int number = 1; number <= 100; number++) {
            assertThat(again.of(new BinlogName("binlog", number))).contains(ENTRY);
        }
    }

    @Test
    void isNotWrittenAnewForEveryFile() throws IOException {
        ChecksumState state = ChecksumState.load(spool);
        int writes = 0;
        long size = 0;
        for (int number = 1; number <= 2_000; number++) {
            state.put(new BinlogName("binlog", number), ENTRY);
            long now = Files.size(spool.resolve("checksums"));
            if (now != size) {
                writes++;
                size = now;
            }
        }

        assertThat(writes).isLessThan(20);
    }
}
