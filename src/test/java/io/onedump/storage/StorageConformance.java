package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.ProducerFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every storage promises, whatever is behind it. A subclass says how to reach its server, and looks at the server
 * itself for what must not be left there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StorageConformance {

    /** Backends under test send in pieces of this size where they have pieces. */
    static final int CHUNK = 5 * 1024 * 1024;

    private static final String NAME_CHARACTERS = "aZ09 ._-+%&=?#:;,@!~$'\"`^|<>()[]{}*\\ü€漢😀\u202e\u2066\u200b\u00a0";
    private static final long LARGE = 300L * 1024 * 1024;

    private static final int ROUNDS = 20;

    private Storage storage;

    /** A storage with an empty folder of its own. */
    abstract Storage open(Verify verify) throws Exception;

    /** What is on the server besides whole objects: temporary files, unfinished uploads. */
    abstract List<String> leftovers() throws Exception;

    @BeforeEach
    void openStorage() throws Exception {
        storage = open(Verify.AUTO);
    }

    @AfterEach
    void leavesNothingUnfinished() throws Exception {
        storage.close();
        assertThat(leftovers()).isEmpty();
    }

    final Storage storage() {
        return storage;
    }

    /** The largest takes time, and once is enough. */
    static Stream<Arguments> sizes() {
        return Stream.concat(smallSizes(), Stream.of(argumentSet("300 MB", LARGE)));
    }

    static Stream<Arguments> smallSizes() {
        return Stream.of(
                argumentSet("nothing", 0L),
                argumentSet("one byte", 1L),
                argumentSet("a byte less than a chunk", CHUNK - 1L),
                argumentSet("a chunk", (long) CHUNK),
                argumentSet("a byte more than a chunk", CHUNK + 1L),
                argumentSet("three chunks", 3L * CHUNK),
                argumentSet("three chunks and a bit", 3L * CHUNK + 12345));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void givesBackWhatItWasGiven(long size) throws Exception {
        Artifact artifact = new GeneratedArtifact("size " + size + ".bin", size);
        Receipt receipt = storage.put("sizes/" + artifact.name(), artifact);
        assertThat(receipt.digest()).isEqualTo(artifact.digest());
        assertThat(receipt.verifiedBy()).isGreaterThan(Proof.SIZE);
        assertThat(storage.stat(receipt.path())).get().extracting(StoredObject::size).isEqualTo(size);
        assertThat(Hasher.of(storage.get(receipt.path(), 0))).isEqualTo(artifact.digest());
        storage.delete(receipt.path());
        assertThat(storage.stat(receipt.path())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("smallSizes")
    void takesStreamsThatCanBeReadOnce(long size) throws Exception {
        Artifact artifact = new GeneratedArtifact("stream " + size + ".bin", size);
        Receipt receipt = storage.put(artifact.name(), new OneWayArtifact(artifact));
        assertThat(Hasher.of(storage.get(receipt.path(), 0))).isEqualTo(artifact.digest());
        storage.delete(receipt.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space.sql", "größe ✓ 数据.sql", "it's \"quoted\".sql", "-rf.sql", "a*b?[c].sql",
            "back\\slash.sql", "100%25.sql", "$HOME `id`.sql", "a&b=c+d;e#f.sql", ".hidden.sql", "~.sql"})
    void keepsOddNames(String name) throws Exception {
        String path = ObjectPath.of("odd names/" + "x y", name);
        storage.put(path, text("odd"));
        assertThat(paths("odd names/")).contains(path);
        assertThat(read(path)).isEqualTo("odd");
        storage.delete(path);
        assertThat(paths("odd names/")).isEmpty();
    }

    /** What a terminal would obey belongs to names too; S3 answers in XML, which cannot hold all of it. */
    @Test
    void keepsNamesOfRandomCharacters() throws Exception {
        Random random = new Random(20261130);
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = random.ints(12, 0, NAME_CHARACTERS.codePointCount(0, NAME_CHARACTERS.length()))
                    .map(index -> NAME_CHARACTERS.codePointAt(NAME_CHARACTERS.offsetByCodePoints(0, index)))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
            paths.add(ObjectPath.of("random names", i + name + ".sql"));
        }
        for (String path : paths) {
            storage.put(path, text(path));
        }
        assertThat(paths("random names/")).containsExactlyInAnyOrderElementsOf(paths);
        for (String path : paths) {
            assertThat(read(path)).isEqualTo(path);
            storage.delete(path);
        }
        assertThat(paths("random names/")).isEmpty();
    }

    @Test
    void replacesWhatHasTheSameName() throws Exception {
        storage.put("same/name.txt", text("first"));
        storage.put("same/name.txt", text("second"));
        assertThat(read("same/name.txt")).isEqualTo("second");
        assertThat(paths("same/")).containsExactly("same/name.txt");
    }

    @Test
    void listsPageByPage() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int number : IntStream.range(0, pages()).toArray()) {
            expected.add(String.format("many/%02d/object-%05d", number % 7, number));
        }
        seed(expected);
        assertThat(paths("many/")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(paths("many/03/object-0"))
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().filter(p -> p.startsWith("many/03/object-0")).toList());
        assertThat(paths("many/nothing")).isEmpty();
    }

    /** How many objects it takes to fill more than one page of a listing. */
    int pages() {
        return 50;
    }

    /** Puts small objects there; backends that have a quicker way use it. */
    void seed(List<String> paths) throws Exception {
        for (String path : paths) {
            storage.put(path, text(path));
        }
    }

    /** For servers that keep objects as files. */
    static void seedFiles(Path folder, List<String> paths) throws IOException {
        for (String path : paths) {
            Files.createDirectories(folder.resolve(path).getParent());
            Files.writeString(folder.resolve(path), path);
        }
    }

    @Test
    void saysThatThereIsNothing() throws Exception {
        assertThat(storage.stat("missing/object")).isEmpty();
        assertThatThrownBy(() -> storage.get("missing/object", 0)).isInstanceOf(ObjectNotFoundException.class);
        storage.delete("missing/object");
    }

    @Test
    void readsFromAnOffset() throws Exception {
        storage.put("offset.txt", text("0123456789"));
        assertThat(read("offset.txt", 7)).isEqualTo("789");
        assertThat(read("offset.txt", 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1000, CHUNK, 3 * CHUNK + 1})
    void storesNothingWhenTheSourceFails(long after) throws Exception {
        Artifact artifact = new FaultyArtifact(new GeneratedArtifact("half.bin", 5L * CHUNK), after);
        assertThatThrownBy(() -> storage.put("half/half.bin", artifact))
                .isInstanceOf(ProducerFailedException.class).hasMessage(FaultyArtifact.MESSAGE);
        assertThat(paths("half/")).isEmpty();
    }

    @Test
    void keepsTheOldWhenTheNewFails() throws Exception {
        storage.put("kept.bin", text("old"));
        Artifact artifact = new FaultyArtifact(new GeneratedArtifact("kept.bin", 3L * CHUNK), 2L * CHUNK);
        assertThatThrownBy(() -> storage.put("kept.bin", artifact)).isInstanceOf(ProducerFailedException.class);
        assertThat(read("kept.bin")).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 2 * CHUNK})
    void removesWhatArrivedDamaged(long size) throws Exception {
        Artifact damaged =
                new DamagedArtifact(new GeneratedArtifact("sent.bin", size), new GeneratedArtifact("meant.bin", size));
        for (Verify verify : List.of(Verify.AUTO, Verify.READ_BACK)) {
            try (Storage other = open(verify)) {
                assertThatThrownBy(() -> other.put("damaged.bin", damaged)).isInstanceOf(StorageException.class);
                assertThat(other.stat("damaged.bin")).isEmpty();
            }
        }
    }

    @Test
    void removesWhatArrivedShort() throws Exception {
        Artifact damaged =
                new DamagedArtifact(new GeneratedArtifact("sent.bin", 4), new GeneratedArtifact("meant.bin", 5));
        try (Storage other = open(Verify.SIZE)) {
            assertThatThrownBy(() -> other.put("short.bin", damaged)).isInstanceOf(StorageException.class);
            assertThat(other.stat("short.bin")).isEmpty();
        }
    }

    /**
     * Both have looked at what is there before either stores: the first whose bytes are seen has it, with its own
     * sidecar, and the other fails.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsOneOfTwoThatStoreAtTheSameMomentSucceed(boolean replaces) throws Exception {
        if (replaces && !comparesWhenItReplaces()) {
            return;
        }
        RacingPuts puts = new RacingPuts(() -> open(Verify.AUTO), replaces);
        for (int round = 0; round < ROUNDS; round++) {
            puts.run("race/" + replaces + round + ".sql", 1000);
        }
        puts.run("race/large" + replaces + ".sql", 2L * CHUNK + 1);
    }

    /** Whether it never replaces what came between its last look and its own. */
    boolean comparesWhenItReplaces() {
        return true;
    }

    @Test
    void hidesSecretsInLocations() throws Exception {
        assertThat(storage.location("a.txt")).endsWith("a.txt").doesNotContainIgnoringCase("secret", "token",
                "password");
    }

    static Artifact text(String text) {
        return new BytesArtifact("text", text.getBytes(StandardCharsets.UTF_8));
    }

    final List<String> paths(String prefix) throws IOException {
        return storage.list(prefix).stream().map(StoredObject::path).toList();
    }

    final String read(String path) throws IOException {
        return read(path, 0);
    }

    final String read(String path, long offset) throws IOException {
        try (InputStream in = storage.get(path, offset)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
