package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainFilesTest {

    private static final BinlogName FIRST = BinlogName.parse("binlog.000001");
    private static final BinlogName SECOND = BinlogName.parse("binlog.000002");

    @TempDir
    private Path folder;

    @Test
    void areAnArchiveOfOneTimeline() throws IOException {
        Files.write(folder.resolve("binlog.000001"), MadeEvents.closedFile());
        Files.write(folder.resolve("binlog.000002"), MadeEvents.file(2_000_000));
        Files.writeString(folder.resolve("binlog.index"), "binlog.000001\n");

        Archive archive = new Archive(PlainFiles.of(folder));

        assertThat(archive.newestTimeline()).hasValue(1);
        assertThat(archive.files(1)).containsExactly(FIRST, SECOND);
        FileManifest first = archive.manifest(1, FIRST).orElseThrow();
        assertThat(first.next()).isEqualTo(SECOND);
        assertThat(archive.manifest(1, SECOND).orElseThrow().state()).isEqualTo(FileManifest.State.OPEN);
        assertThat(archive.open(1, first)).hasBinaryContent(MadeEvents.closedFile());
    }

    @Test
    void areRefusedWhenOneIsCutInAnEvent() throws IOException {
        byte[] whole = MadeEvents.closedFile();
        Files.write(folder.resolve("binlog.000001"), Arrays.copyOf(whole, whole.length - 3));

        assertThatThrownBy(() -> PlainFiles.of(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("binlog.000001 is broken at");
    }

    @Test
    void areRefusedWhenTheyAreOfTwoLogs() throws IOException {
        Files.write(folder.resolve("binlog.000001"), MadeEvents.closedFile());
        Files.write(folder.resolve("mysql-bin.000002"), MadeEvents.closedFile());

        assertThatThrownBy(() -> PlainFiles.of(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("more than one log: binlog, mysql-bin");
    }

    @Test
    void haveToBeThere() {
        assertThatThrownBy(() -> PlainFiles.of(folder)).isInstanceOf(IOException.class)
                .hasMessageContaining("has no binlog files");
        assertThatThrownBy(() -> PlainFiles.of(folder.resolve("none"))).isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist");
    }
}
