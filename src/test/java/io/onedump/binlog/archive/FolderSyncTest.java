package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.verify.ArchiveVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSyncTest {

    private static final Instant COPIED = Instant.parse("2026-11-01T10:00:00Z");

    @TempDir
    Path root;

    private Path source;
    private FolderStore store;

    @BeforeEach
    void copyThreeFiles() throws IOException {
        source = Files.createDirectory(root.resolve("copies"));
        store = new FolderStore(root.resolve("store"));
        copy(1, MadeEvents.file(1_000));
        copy(2, MadeEvents.file(2_000));
        copy(3, MadeEvents.file(3_000));
    }

    @Test
    void storesAllButTheNewest() throws IOException {
        ArchiveRun result = sync(null, null);

        assertThat(result.errors()).isEmpty();
        assertThat(result.files()).isEqualTo(2);
        assertThat(new ArchiveVerifier(new Archive(store)).verify(1).findings()).isEmpty();
    }

    @Test
    void doesNotReadAgainWhatItHasStored() throws IOException {
        sync(null, null);
        byte[] other = MadeEvents.file(1_500);
        copy(1, other);

        ArchiveRun second = sync(null, null);

        assertThat(second.errors()).isEmpty();
        assertThat(second.files()).isZero();
    }

    @Test
    void storesTheNextFileOnceAnotherFollows() throws IOException {
        sync(null, null);
        copy(4, MadeEvents.file(4_000));

        assertThat(sync(null, null).files()).isEqualTo(1);
    }

    @Test
    void leavesAFileAloneThatWasCopiedAnew() throws IOException {
        sync(null, null);
        Files.setLastModifiedTime(source.resolve("binlog.000001"), FileTime.from(COPIED.plusSeconds(60)));

        ArchiveRun second = sync(null, null);

        assertThat(second.errors()).isEmpty();
        assertThat(second.files()).isZero();
    }

    @Test
    void saysThatAFileHasChangedSinceItWasStored() throws IOException {
        sync(null, null);
        copy(1, MadeEvents.file(1_500));
        Files.setLastModifiedTime(source.resolve("binlog.000001"), FileTime.from(COPIED.plusSeconds(60)));

        assertThat(sync(null, null).sourceErrors()).singleElement().asString()
                .startsWith("binlog.000001: the file has changed since it was archived");
    }

    @Test
    void goesByTheArchiveWhenItsStateIsLost() throws IOException {
        sync(null, null);
        Files.delete(root.resolve("staging/checksums"));

        assertThat(sync(null, null).files()).isZero();
        copy(1, MadeEvents.file(1_500));
        Files.delete(root.resolve("staging/checksums"));
        assertThat(sync(null, null).sourceErrors()).singleElement().asString().contains("is not overwritten");
    }

    @Test
    void storesTheOtherFilesWhenOneIsBroken() throws IOException {
        byte[] torn = MadeEvents.file(1_000);
        torn[40] ^= 1;
        copy(1, torn);

        ArchiveRun result = sync(null, null);

        assertThat(result.sourceErrors()).singleElement().asString().startsWith("binlog.000001: the file is broken");
        assertThat(result.files()).isEqualTo(1);
    }

    @Test
    void storesTheOtherFilesWhenTheStorageRefusesOne() throws IOException {
        store.fail((call, name) -> {
            if (call.equals("put") && name.contains("000001")) {
                throw new IOException("no space left");
            }
        });

        ArchiveRun result = sync(null, null);

        assertThat(result.storageErrors()).singleElement().asString().contains("binlog.000001", "no space left");
        assertThat(result.files()).isEqualTo(1);
        store.heal();
        assertThat(sync(null, null).files()).isEqualTo(1);
    }

    @Test
    void beginsAndEndsWhereItIsTold() throws IOException {
        copy(4, MadeEvents.file(4_000));

        assertThat(sync(Instant.ofEpochSecond(2_000), Instant.ofEpochSecond(3_000)).files()).isEqualTo(1);

        assertThat(new Archive(store).files(1)).singleElement().hasToString("binlog.000002");
    }

    @Test
    void storesTheLastFileOnceItsServerHasClosedIt() throws IOException {
        copy(3, MadeEvents.closedFile());

        assertThat(sync(null, null).files()).isEqualTo(3);
    }

    @Test
    void storesTheLastFileOfAServerThatIsGone() throws IOException {
        FolderSync last = new FolderSync(source, root.resolve("staging"), UploadSettings.DEFAULT, store,
                Clock.systemUTC());

        assertThat(last.run(null, null, true).files()).isEqualTo(3);

        assertThat(new ArchiveVerifier(new Archive(store)).verify(1).findings()).isEmpty();
        assertThat(new Archive(store).manifest(1, new BinlogName("binlog", 3)).orElseThrow().state())
                .isEqualTo(FileManifest.State.CUT);
    }

    @Test
    void refusesAnArchiveThatHoldsNoFileOfTheFolder() throws IOException {
        sync(null, null);
        Path other = Files.createDirectory(root.resolve("other"));
        Files.write(other.resolve("binlog.000001"), MadeEvents.file(7_000));
        Files.write(other.resolve("binlog.000002"), MadeEvents.file(8_000));

        ArchiveRun run = new FolderSync(other, root.resolve("staging2"), UploadSettings.DEFAULT, store,
                Clock.systemUTC()).run(null, null);

        assertThat(run.sourceErrors()).singleElement().asString().contains("another's");
    }

    @Test
    void saysThatThereIsNoSuchFolder() {
        source = root.resolve("nowhere");

        assertThatThrownBy(() -> sync(null, null)).hasMessageContaining("does not exist");
    }

    private void copy(int number, byte[] content) throws IOException {
        Path file = source.resolve("binlog.00000" + number);
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(COPIED));
    }

    private ArchiveRun sync(Instant since, Instant until) throws IOException {
        return new FolderSync(source, root.resolve("staging"), UploadSettings.DEFAULT, store, Clock.systemUTC())
                .run(since, until);
    }
}
