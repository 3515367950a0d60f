package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Compression;
import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What storing costs and survives, for a file that grows segment by segment and for many whole files. */
class UploaderTest {

    private static final BinlogName FILE = new BinlogName("binlog", 7);
    private static final String FORMAT = "f".repeat(64);
    private static final int SEGMENT = 2_000;
    private static final UploadSettings SETTINGS =
            new UploadSettings(Compression.NONE, null, Duration.ofSeconds(2), 16 << 20, 5);

    @TempDir
    Path root;

    private final Random random = new Random(1);
    private MemoryStore store;
    private StagingFolder folder;
    private Uploader uploader;

    @BeforeEach
    void begin() throws IOException {
        store = new MemoryStore();
        folder = StagingFolder.create(root.resolve("staging"), 1, "server");
        uploader = uploader();
    }

    @Test
    void storesAnOpenFileAtACostThatGrowsNoFasterThanTheFile() throws IOException {
        store(500);
        long bytes = store.bytes();
        long requests = store.requests();
        store(4_500);

        assertThat(exponent(bytes, store.bytes())).as("exponent of bytes").isLessThanOrEqualTo(1.15);
        assertThat(exponent(requests, store.requests())).as("exponent of requests").isLessThanOrEqualTo(1.15);
        assertThat(store.most()).isLessThanOrEqualTo(64);
        assertArchived();
    }

    @Test
    void readsAnOpenFileBackWithFewRequests() throws IOException {
        store(1_000);
        long before = store.requests();

        assertArchived();

        assertThat(store.requests() - before).isLessThanOrEqualTo(64);
    }

    /** At each request in turn: after it nothing may be missing, and the next process goes on. */
    @Test
    void losesNothingWhenItIsKilledAtAnyRequest() throws IOException {
        for (int kill = 1; kill < 45; kill++) {
            begin();
            Files.deleteIfExists(folder.part(FILE));
            store(5);
            store.dieAt(kill);
            try {
                store(16);
            } catch (MemoryStore.Killed e) {
                store.live();
            }
            FileManifest kept = new Archive(store).manifest(1, FILE).orElseThrow();
            assertThat(bytes(kept)).as("what is kept after request %d", kill)
                    .isEqualTo(Arrays.copyOf(local(), (int) kept.size()));

            uploader = uploader();
            store(10);

            assertArchived();
            assertNothingElse();
        }
    }

    @Test
    void goesOnWithAnOpenFileOfManySegmentsThatWereNeverMerged() throws IOException {
        FileManifest open = new FileManifest(FILE, FileManifest.State.OPEN, "server", "8.0.31", FORMAT, Instant.EPOCH,
                Instant.EPOCH, null, List.of());
        for (int i = 0; i < 1_000; i++) {
            byte[] segment = grow();
            Artifact artifact = new BytesArtifact(
                    ArchiveNames.part(FILE, open.size(), open.size() + SEGMENT, Compression.NONE), segment);
            store.put(ArchiveNames.object(1, artifact.name()), artifact);
            open = open.with(Piece.of(artifact.name(), open.size(), open.size() + SEGMENT, artifact.digest()),
                    Instant.EPOCH);
        }
        store.put(ArchiveNames.object(1, ArchiveNames.manifest(FILE)),
                new BytesArtifact("m", open.text().getBytes()));

        store(1);

        assertArchived();
        assertNothingElse();
        assertThat(store.names()).hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void letsAReaderGoOnWhosePiecesAreMergedMeanwhile() throws IOException {
        store(7);
        Archive archive = new Archive(store);
        FileManifest early = archive.manifest(1, FILE).orElseThrow();
        byte[] read;
        try (InputStream in = archive.open(1, early)) {
            byte[] begun = in.readNBytes(SEGMENT + SEGMENT / 2);
            store(500);
            assertThat(store.names()).doesNotContain(ArchiveNames.object(1, early.pieces().get(3).object()));
            byte[] rest = in.readAllBytes();
            read = MadeEvents.concat(begun, rest);
        }

        assertThat(read).isEqualTo(Arrays.copyOf(local(), 7 * SEGMENT));
    }

    @Test
    void mergesTheSegmentsOfAFileThatWillNeverBeWhole() throws IOException {
        store = new MemoryStore();
        byte[] whole = MadeEvents.file(1_000);
        Files.write(folder.cut(FILE), whole);

        assertThat(uploader().upload(null, true)).isTrue();

        FileManifest cut = new Archive(store).manifest(1, FILE).orElseThrow();
        assertThat(cut.state()).isEqualTo(FileManifest.State.CUT);
        assertThat(bytes(cut)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 200})
    void listsTheArchiveOnceForAnyNumberOfWholeFiles(int files) throws IOException {
        for (int i = 1; i <= files; i++) {
            Files.write(folder.closed(new BinlogName("binlog", i)), MadeEvents.file(1_000 + i));
        }
        Files.write(folder.part(new BinlogName("binlog", files + 1)), MadeEvents.file(9_000));

        assertThat(uploader.upload(null, false)).isTrue();

        assertThat(uploader.files()).isEqualTo(files);
        assertThat(store.calls(MemoryStore.Call.LIST)).isEqualTo(1);
        assertThat(store.requests()).isLessThanOrEqualTo(3L * files + 1);
    }

    @Test
    void removesThePartsOfAFileThatIsStoredAsAWhole() throws IOException {
        byte[] whole = MadeEvents.file(1_000);
        Files.write(folder.part(FILE), whole);
        String format = FileScan.of(FILE, folder.part(FILE)).formatDigest();
        assertThat(
                uploader.upload(new StagedProgress(FILE, whole.length, format, "8.0.31", Instant.ofEpochSecond(1_000),
                        Instant.ofEpochSecond(1_000)), true))
                .isTrue();
        folder.close(FILE);
        Files.write(folder.part(FILE.next()), MadeEvents.file(2_000));

        assertThat(uploader.upload(null, true)).isTrue();

        assertThat(store.names()).containsExactlyInAnyOrder("timeline-0001/binlog.000007",
                "timeline-0001/binlog.000007.manifest");
    }

    /** As between the end of a timeline and the first event of the next. */
    @Test
    void doesNotTakeAFileForThatOfTheSameNameInAnotherTimeline() throws IOException {
        store(2);
        StagingFolder next = StagingFolder.create(root.resolve("staging"), 2, "server");
        Files.write(next.part(FILE), MadeEvents.file(1_000));
        StagedProgress old = new StagedProgress(FILE, 50, FORMAT, "8.0.31", Instant.EPOCH, Instant.EPOCH, 1);

        assertThat(uploader.upload(old, true)).isTrue();

        assertThat(new Archive(store).manifest(2, FILE)).isEmpty();
    }

    private Uploader uploader() {
        return new Uploader(root.resolve("staging"), new Archive(store), SETTINGS, stored -> {
        });
    }

    private void store(int segments) throws IOException {
        for (int i = 0; i < segments; i++) {
            grow();
            StagedProgress progress = new StagedProgress(FILE, Files.size(folder.part(FILE)), FORMAT, "8.0.31",
                    Instant.EPOCH, Instant.EPOCH);
            assertThat(uploader.upload(progress, true)).isTrue();
        }
    }

    private byte[] grow() throws IOException {
        byte[] segment = new byte[SEGMENT];
        random.nextBytes(segment);
        Files.write(folder.part(FILE), segment, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return segment;
    }

    private byte[] local() throws IOException {
        return Files.readAllBytes(folder.part(FILE));
    }

    private byte[] bytes(FileManifest manifest) throws IOException {
        try (InputStream in = new Archive(store).open(1, manifest)) {
            return in.readAllBytes();
        }
    }

    private void assertArchived() throws IOException {
        assertThat(bytes(new Archive(store).manifest(1, FILE).orElseThrow())).isEqualTo(local());
    }

    /** No object but those that the manifest names. */
    private void assertNothingElse() throws IOException {
        List<String> named = new ArrayList<>();
        named.add(ArchiveNames.object(1, ArchiveNames.manifest(FILE)));
        new Archive(store).manifest(1, FILE).orElseThrow().pieces()
                .forEach(piece -> named.add(ArchiveNames.object(1, piece.object())));
        assertThat(store.names()).containsExactlyInAnyOrderElementsOf(named);
    }

    private static double exponent(long small, long tenTimes) {
        return Math.log10((double) tenTimes / small);
    }
}
