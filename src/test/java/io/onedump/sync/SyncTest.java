package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.sync.source.FileFilter;
import io.onedump.sync.state.StateStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sync decides to send, by what it remembers and what it sees. */
class SyncTest {

    @TempDir
    private Path folder;

    private final MemoryDestination destination = new MemoryDestination();
    private Path source;
    private int scratchFiles;

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
    }

    private SyncResult sync() throws IOException {
        SyncSettings settings =
                new SyncSettings(source, new FileFilter(List.of(), List.of()), true, false, 1, 1, true, false,
                        null);
        try (StateStore store = StateStore.open(folder.resolve("sync.db"))) {
            return new Sync(settings, destination, store, new SyncMonitor(), Threads.daemons(),
                    name -> folder.resolve(name + "-" + scratchFiles++)).run();
        }
    }

    private void write(String content) throws IOException {
        Files.writeString(source.resolve("file"), content);
    }

    @Test
    void sendsNothingTheSecondTime() throws IOException {
        write("content");
        assertThat(sync()).returns(1, SyncResult::sent);
        assertThat(sync()).returns(0, SyncResult::sent).returns(1, SyncResult::unchanged);
    }

    @Test
    void sendsAgainWhatALossOfPowerBroughtBack() throws IOException {
        write("old");
        sync();
        destination.flush();
        write("new");
        sync();
        destination.losePower();
        assertThat(sync()).returns(1, SyncResult::sent);
        assertThat(destination.content("file")).isEqualTo("new");
    }

    @Test
    void sendsAgainWhatALossOfPowerBroughtBackBeforeTheRunEnded() throws IOException {
        write("old");
        sync();
        destination.flush();
        write("new");
        destination.losePowerAfterSending();
        sync();
        assertThat(destination.content("file")).isEqualTo("old");
        assertThat(sync()).returns(1, SyncResult::sent);
        assertThat(destination.content("file")).isEqualTo("new");
    }
}
