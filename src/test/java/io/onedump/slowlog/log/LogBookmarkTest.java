package io.onedump.slowlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogBookmarkTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("slow.bookmark");
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        Map<String, LogBookmark> bookmarks = Map.of("/logs/\"sl\\öw\u0001.log",
                new LogBookmark("(dev=1,inode=2)", 3, 4, new LogPosition(5, "shöp".getBytes("UTF-8"), 6)));
        LogBookmark.write(bookmarks, file);
        LogBookmark.write(bookmarks, file);

        assertThat(LogBookmark.read(file)).hasSize(1).allSatisfy((log, read) -> {
            assertThat(log).isEqualTo("/logs/\"sl\\öw\u0001.log");
            assertThat(read).usingRecursiveComparison().isEqualTo(bookmarks.get(log));
        });
        assertThat(folder.toFile().list()).containsExactly("slow.bookmark");
    }

    /** What the file is after a loss of power, when only its name came to the disk. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\0\0\0\0", "{", "{\n  \"/logs/slow.log\" : {\n    \"offs",
            "{ \"/logs/slow.log\" :\0\0\0\0"})
    void isPutAsideWhenACrashHasDamagedIt(String content) throws IOException {
        Files.writeString(file, content);

        assertThat(LogBookmark.read(file)).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("slow.bookmark.damaged")).hasContent(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# Time: 2026-11-30T10:00:00Z\n", "[1]", "{\"name\":\"shop\"}", "7"})
    void isNotTakenFromAFileOfAnotherKind(String content) throws IOException {
        Files.writeString(file, content);

        assertThatThrownBy(() -> LogBookmark.read(file)).isInstanceOf(IOException.class)
                .hasMessageContaining("does not hold bookmarks").hasMessageContaining(file.toString());
        assertThat(file).hasContent(content);
    }
}
