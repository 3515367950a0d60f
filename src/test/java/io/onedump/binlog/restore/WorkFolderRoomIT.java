package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.onedump.artifact.Artifact;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveStore;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.servers.MariaDb;
import io.onedump.servers.SmallDisk;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The archive's files on their way through the work folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkFolderRoomIT {

    private Path folder;
    private FolderStore store;
    private BinlogPosition start;
    private SqlServer target;

    @BeforeAll
    void archive(@TempDir Path temporary) throws Exception {
        folder = temporary;
        try (SqlServer server = MariaDb.start()) {
            start = ArchivedServer.position(server);
            server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (body LONGTEXT)",
                    "INSERT INTO shop.item VALUES (REPEAT('x', 3000000))", "FLUSH BINARY LOGS",
                    "INSERT INTO shop.item VALUES ('in the next file')");
            store = ArchivedServer.archive(server, folder);
        }
        target = MariaDb.start("--server-id=77");
    }

    @AfterAll
    void stop() {
        target.close();
    }

    @Test
    void refusesOneWithoutRoomAndTouchesNothing() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        try (SmallDisk disk = SmallDisk.mount(small, 2)) {
            assumeThat(disk.isMounted()).isTrue();

            assertThatThrownBy(() -> new Restore(new Archive(store)).plan(request(small)))
                    .hasMessageContaining("the target was not touched").hasMessageContaining("--work-dir");
            assertThatThrownBy(() -> new Restore(new Archive(store)).run(request(small)))
                    .hasMessageContaining("the target was not touched").hasMessageContaining("--work-dir");

            assertThat(small).isEmptyDirectory();
            assertThatThrownBy(() -> target.executeIn("shop", "SELECT 1")).hasMessageContaining("Unknown database");
        }
    }

    @Test
    void readsAnArchiveOnceForItsPlanAndForApplyingIt() throws Exception {
        List<String> read = new ArrayList<>();
        RestoreRequest request = request(folder.resolve("work"));
        try (Restore restore = Restore.fetching(new Archive(noting(read)), request.work())) {
            RestorePlan plan = restore.plan(1, start, new StopAt.End(), Set.of(), true, Part.ALL);
            restore.check(request, plan);
            restore.run(request, plan, null);
        }

        assertThat(read.stream().filter(name -> !name.endsWith(".manifest") && !name.endsWith("complete")))
                .hasSizeGreaterThan(1).doesNotHaveDuplicates();
        target.executeIn("shop", "DELETE FROM item WHERE body = 'in the next file'", "DROP DATABASE shop");
    }

    private RestoreRequest request(Path work) {
        return RestoreRequest.of(start, new StopAt.End(), ArchivedServer.settings(target), Engine.REPLICA, work);
    }

    /** The same archive, which notes what is read. */
    private ArchiveStore noting(List<String> read) {
        return new ArchiveStore() {

            @Override
            public void put(String name, Artifact artifact) throws IOException {
                store.put(name, artifact);
            }

            @Override
            public List<String> list(String prefix) throws IOException {
                return store.list(prefix);
            }

            @Override
            public InputStream get(String name) throws IOException {
                read.add(name);
                return store.get(name);
            }

            @Override
            public void delete(String name) throws IOException {
                store.delete(name);
            }
        };
    }
}
