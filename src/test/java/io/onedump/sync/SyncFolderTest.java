package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.Hasher;
import io.onedump.artifact.Threads;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.Verify;
import io.onedump.storage.file.FileStorage;
import io.onedump.sync.source.FileFilter;
import io.onedump.sync.source.SourceScan.Finding;
import io.onedump.sync.state.StateStore;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source may hold and what may become of it, with a folder as the destination. */
class SyncFolderTest {

    @TempDir
    private Path folder;

    private FileTree source;
    private FileTree target;
    private SyncRun sync;

    @BeforeEach
    void prepare() throws IOException {
        source = FileTree.in(folder.resolve("source"));
        target = new FileTree(folder.resolve("target"));
        sync = new SyncRun(source.root(), "file:" + target.root(), folder.resolve("sync.db"), "");
    }

    @Test
    void sendsNamesOfAllKinds() throws IOException {
        source.write("with space", 1).write("two\nlines", 2).write("-dash '\"\\ *?[].txt", 3).write(".hidden/~", 4);
        assertThat(sync.run()).returns(4, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
        assertThat(sync.run()).returns(0, SyncResult::sent);
    }

    @Test
    void listsANameThatIsNotUtf8() throws Exception {
        source.write("good", 1);
        Process shell = new ProcessBuilder("sh", "-c", "printf x > \"$(printf 'b\\377d')\"")
                .directory(source.root().toFile()).start();
        assertThat(shell.waitFor()).isZero();
        SyncResult result = sync.run();
        assertThat(result.sent()).isEqualTo(1);
        assertThat(result.failures()).singleElement().returns("its name is not UTF-8; rename it", Finding::reason)
                .satisfies(failure -> assertThat(failure.path()).matches("b.+d"));
        assertThat(target.paths()).containsExactly("good");
    }

    @Test
    void sendsASparseFileAtItsFullLength() throws IOException {
        try (FileChannel file =
                FileChannel.open(source.file("sparse"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)) {
            file.write(ByteBuffer.wrap(new byte[] {1}), 8 << 20);
        }
        assertThat(sync.run().ok()).isTrue();
        target.assertSameAs(source);
    }

    @Test
    void sendsTwoFilesOfTheSameContent() throws IOException {
        source.write("one", 10);
        Files.copy(source.file("one"), source.file("other"));
        assertThat(sync.run()).returns(2, SyncResult::sent);
        target.assertSameAs(source);
    }

    @Test
    void hasNothingToDoWithAnEmptyFolder() throws IOException {
        Files.createDirectory(source.file("empty"));
        assertThat(sync.run()).returns(true, SyncResult::ok).returns(0, SyncResult::files);
        assertThat(target.paths()).isEmpty();
    }

    @Test
    void listsLinksAndPipesAndSendsTheRest() throws Exception {
        source.write("file", 10).write("folder/file", 10);
        Files.createSymbolicLink(source.file("link"), Path.of("file"));
        Files.createSymbolicLink(source.file("folder-link"), Path.of("folder"));
        Files.createSymbolicLink(source.file("broken"), Path.of("nowhere"));
        assertThat(new ProcessBuilder("mkfifo", source.file("pipe").toString()).start().waitFor()).isZero();
        SyncResult result = sync.run();
        assertThat(result).returns(2, SyncResult::sent).returns(true, SyncResult::ok);
        assertThat(result.skipped()).containsExactlyInAnyOrder(new Finding("link", "a symbolic link"),
                new Finding("folder-link", "a symbolic link"), new Finding("broken", "a symbolic link"),
                new Finding("pipe", "not a regular file"));
        assertThat(target.paths()).containsExactly("file", "folder/file");
    }

    @Test
    void leavesOutWhatIsNamedAsOurOwnTemporaryFiles() throws IOException {
        source.write("file", 10).write(".file.12345678.part", 10).write("folder/.x.0123456789abcdef01234567.part", 10)
                .write("a.12345678.part", 10).write(".x.part", 10);
        SyncResult result = sync.run();
        assertThat(result.skipped()).containsExactlyInAnyOrder(
                new Finding(".file.12345678.part", "a temporary file of a put or a sync"),
                new Finding("folder/.x.0123456789abcdef01234567.part", "a temporary file of a put or a sync"));
        assertThat(target.paths()).containsExactly(".x.part", "a.12345678.part", "file");
        assertThat(sync.run()).returns(0, SyncResult::sent).returns(3, SyncResult::unchanged);
    }

    @Test
    void followsLinksButNotInCircles() throws IOException {
        source.write("folder/file", 10);
        Files.createSymbolicLink(source.file("link"), Path.of("folder/file"));
        Files.createSymbolicLink(source.file("folder-link"), Path.of("folder"));
        Files.createSymbolicLink(source.file("folder/up"), Path.of(".."));
        Files.createSymbolicLink(source.file("broken"), Path.of("nowhere"));
        SyncResult result = sync.with("followLinks", true).run();
        assertThat(result.ok()).isTrue();
        assertThat(target.paths()).containsExactly("folder-link/file", "folder/file", "link");
        assertThat(result.skipped()).extracting(Finding::path).containsExactlyInAnyOrder("folder/up", "folder-link/up",
                "broken");
    }

    @Test
    void sendsWhatALinkToTheSourceLeadsTo() throws IOException {
        source.write("file", 10);
        Path link = Files.createSymbolicLink(folder.resolve("link"), source.root());
        assertThat(new SyncRun(link, sync.storage(), sync.state(), "").run()).returns(1, SyncResult::sent);
        target.assertSameAs(source);
    }

    @Test
    void sendsASingleFileUnderItsName() throws IOException {
        source.write("file", 10).write("other", 10);
        SyncRun single = new SyncRun(source.file("file"), sync.storage(), sync.state(), "");
        assertThat(single.run()).returns(1, SyncResult::sent);
        assertThat(target.paths()).containsExactly("file");
        assertThat(single.run()).returns(0, SyncResult::sent).returns(1, SyncResult::unchanged);
    }

    @Test
    void failsWhenThereIsNoSourceAndChangesNothing() throws IOException {
        target.write("kept", 10);
        assertThatThrownBy(
                () -> new SyncRun(folder.resolve("gone"), sync.storage(), sync.state(), "").with("delete", true).run())
                .isInstanceOf(StorageException.class).hasMessageContaining("there is no such file or folder");
        assertThat(target.paths()).containsExactly("kept");
    }

    @Test
    void sendsOnlyWhatTheGlobsMean() throws IOException {
        source.write("a.sql", 1).write("b.txt", 1).write("deep/c.sql", 1).write("deep/d.gz", 1).write("cache/e.sql", 1)
                .write("logs/f.sql", 1);
        sync.with("include", "*.{sql,gz}").with("exclude", "cache,logs/**").run();
        assertThat(target.paths()).containsExactly("a.sql", "deep/c.sql", "deep/d.gz");
    }

    @Test
    void refusesToSendAFolderIntoItselfUnlessThatIsExcluded() throws IOException {
        source.write("file", 1);
        SyncRun inside = sync.to("file:" + source.file("copies"));
        assertThatThrownBy(inside::run).hasStackTraceContaining("is inside of the source");
        assertThatThrownBy(sync.to("file:" + source.root())::run).hasStackTraceContaining("is inside of the source");
        assertThat(inside.with("exclude", "copies").run()).returns(1, SyncResult::sent);
        assertThat(source.paths()).containsExactly("copies/file", "file");
    }

    @Test
    void leavesFoldersOutWhenItIsNotRecursive() throws IOException {
        source.write("file", 1).write("folder/file", 1);
        sync.with("recursive", false).run();
        assertThat(target.paths()).containsExactly("file");
    }

    @Test
    void onlySaysWhatItWouldDo() throws IOException {
        source.write("file", 1);
        target.write("old", 1);
        SyncResult result = sync.with("dryRun", true).with("delete", true).with("maxDelete", "100%25").run();
        assertThat(result).returns(1, SyncResult::sent).returns(List.of("old"), SyncResult::deleted);
        assertThat(result.toString()).contains("would send 1 of 1 files");
        assertThat(target.paths()).containsExactly("old");
    }

    @Test
    void goesBySizeAndTimeWithoutChecksums() throws IOException {
        source.write("file", 3);
        SyncRun fast = sync.with("checksum", false);
        fast.run();
        Files.writeString(target.file("file"), "bad");
        assertThat(fast.run()).returns(0, SyncResult::sent).returns(1, SyncResult::unchanged);
        Files.setLastModifiedTime(target.file("file"), FileTime.fromMillis(0));
        assertThat(fast.run()).returns(1, SyncResult::sent);
        target.assertSameAs(source);
    }

    @Test
    void comparesWithSidecarsWhatItHasNoRecordOf() throws Exception {
        source.write("known", 10).write("unknown", 10);
        sync.run();
        String sha256 = Hasher.of(Files.newInputStream(source.file("known"))).sha256();
        Files.writeString(target.file("known.checksum"), sha256 + "  known\n");
        Files.delete(sync.state());
        assertThat(sync.run()).returns(1, SyncResult::sent).returns(1, SyncResult::unchanged);
    }

    @Test
    void listsWhatVanishesAndSendsTheOthers() throws IOException {
        source.write("file", 10).write("gone", 10).write("folder/gone too", 10);
        SyncResult result = sync(1, destination(storage()), () -> {
            Files.delete(source.file("gone"));
            FileUtil.removeDir(source.file("folder").toFile());
        });
        assertThat(result.sent()).isEqualTo(1);
        assertThat(result.failures()).containsExactlyInAnyOrder(new Finding("gone", "it vanished before it was sent"),
                new Finding("folder/gone too", "it vanished before it was sent"));
        assertThat(target.paths()).containsExactly("file");
    }

    @Test
    void publishesNothingOfAFileThatNeverKeepsStill() throws IOException {
        source.write("log", 10).write("file", 10);
        AtomicInteger attempts = new AtomicInteger();
        Storage growing = Interception.before("resume", Storage.class, storage(), arguments -> {
            if (arguments[0].equals("log")) {
                attempts.incrementAndGet();
                Files.writeString(source.file("log"), "more", StandardOpenOption.APPEND);
            }
        });
        SyncResult result = sync(3, destination(growing), () -> {
        });
        assertThat(attempts).hasValue(3);
        assertThat(result.failures()).singleElement().returns("log", Finding::path)
                .satisfies(failure -> assertThat(failure.reason()).contains("changed while it was read"));
        assertThat(target.paths()).containsExactly("file");
    }

    @Test
    void failsWithTheFileWhoseSendingEndsInAnError() throws IOException {
        source.write("a", 1).write("b", 1).write("c", 1);
        Storage broken = Interception.before("resume", Storage.class, storage(), arguments -> {
            if (arguments[0].equals("b")) {
                throw new StackOverflowError("deep");
            }
        });

        SyncResult result = sync(1, destination(broken), () -> {
        });

        assertThat(result).returns(false, SyncResult::ok).returns(2, SyncResult::sent);
        assertThat(result.failures()).extracting(Finding::path).containsExactly("b");
        assertThat(target.paths()).containsExactly("a", "c");
    }

    private Storage storage() {
        return new FileStorage(target.root(), Verify.AUTO);
    }

    private static Destination destination(Storage storage) throws IOException {
        return new StorageDestination(() -> storage, "", 1);
    }

    private SyncResult sync(int maxAttempts, Destination destination, Disturbance disturbance) throws IOException {
        SyncSettings settings =
                new SyncSettings(source.root(), new FileFilter(List.of(), List.of()), true, false, 1, maxAttempts,
                        true, false, null);
        Destination disturbed =
                Interception.before("send", Destination.class, destination, arguments -> disturbance.happen());
        try (StateStore store = StateStore.open(sync.state())) {
            return new Sync(settings, disturbed, store, new SyncMonitor(), Threads.daemons(),
                    name -> Files.createTempDirectory(folder, name).resolve(name)).run();
        }
    }

    private interface Disturbance {
        void happen() throws IOException;
    }
}
