package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedFilesTest {

    private static final List<String> STARTS = List.of("a/\ud83d\ude00", "a/\uffee", "a-", "a/", "a/z/", "A.");

    @TempDir
    private Path folder;
    private int scratchFiles;

    private SortedFiles files(long memory) {
        return new SortedFiles(name -> folder.resolve(name + scratchFiles++), "test", memory);
    }

    private static List<String> read(SortedFiles files) throws IOException {
        List<String> found = new ArrayList<>();
        try (SortedFiles.Cursor cursor = files.cursor()) {
            while (cursor.next()) {
                found.add(cursor.path() + "=" + cursor.value().getInt());
            }
        }
        return found;
    }

    private static ByteBuffer value(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).flip();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 3000, 1 << 20})
    void givesEachFileOnceInTheOrderOfItsBytesHoweverLittleMemoryThereIs(long memory) throws IOException {
        Random random = new Random(memory);
        TreeMap<String, Integer> expected = new TreeMap<>(SortedFiles::comparePaths);
        try (SortedFiles files = files(memory)) {
            for (int i = 0; i < 500; i++) {
                String path = STARTS.get(random.nextInt(STARTS.size())) + random.nextInt(100);
                expected.put(path, i);
                files.add(path, value(i));
            }
            List<String> all = expected.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
            assertThat(read(files)).isEqualTo(all);
            assertThat(read(files)).isEqualTo(all);
            assertThat(files.count()).isEqualTo(500);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    /** UTF-16, the order of Java's strings, has them the other way round. */
    @Test
    void sortsAsSqliteAndS3Do() throws IOException {
        try (SortedFiles files = files(1000)) {
            List<String> paths = new ArrayList<>(List.of("a-b", "a/b", "a0", "\uffee", "\ud83d\ude00"));
            Collections.reverse(paths);
            for (String path : paths) {
                files.add(path, value(0));
            }
            Collections.reverse(paths);
            assertThat(read(files)).extracting(entry -> entry.substring(0, entry.indexOf('='))).isEqualTo(paths);
        }
    }
}
