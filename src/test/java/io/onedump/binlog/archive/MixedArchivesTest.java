package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Threads;
import io.onedump.servers.ReplayedMySql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several archivers and one place: nobody ever writes into another's archive. */
@Timeout(120)
class MixedArchivesTest {

    @TempDir
    private Path root;

    private ArchivedServers servers;
    private FolderStore store;

    @BeforeEach
    void begin() {
        servers = new ArchivedServers(root);
        store = new FolderStore(root.resolve("store"));
    }

    @AfterEach
    void end() throws IOException {
        servers.close();
    }

    @Test
    void refusesAnotherServersArchive() throws IOException {
        ReplayedMySql ours = servers.server(1, 5);
        assertThat(servers.sync(ours, "spool1", store).errors()).isEmpty();
        List<String> before = store.list("timeline-");

        ArchiveRun other = servers.sync(servers.server(2, 5), "spool2", store);

        assertThat(other.sourceErrors()).singleElement().asString().contains("another server's", "accept-gap");
        assertThat(store.list("timeline-")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(servers.sync(ours, "spool1", store).errors()).isEmpty();
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
    }

    @Test
    void refusesAnotherServersArchiveThatAnOlderVersionMade() throws IOException {
        servers.sync(servers.server(1, 5), "spool1", store);
        store.delete("archiver");

        ReplayedMySql second = servers.server(2, 5);
        assertThat(servers.sync(second, "spool2", store).sourceErrors()).isNotEmpty();
        assertThat(servers.sync(second, "spool2", store).sourceErrors()).isNotEmpty();
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
    }

    @Test
    void refusesACopyOfTheServerThatGoesItsOwnWay() throws IOException {
        servers.sync(servers.server(1, 7), "spool1", store);

        ArchiveRun copy = servers.sync(servers.server(1, 2), "spool2", store);

        assertThat(copy.sourceErrors()).singleElement().asString().contains("another archiver's");
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
        assertThat(servers.sync(servers.server(1, 2), "spool2", store).sourceErrors()).isNotEmpty();
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
    }

    @Test
    void goesOnWithItsOwnArchiveWhenTheSpoolFolderIsLost() throws IOException {
        ReplayedMySql server = servers.server(1, 5);
        servers.sync(server, "spool1", store);

        assertThat(servers.sync(server, "spool2", store).errors()).isEmpty();
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
    }

    @Test
    void refusesAnArchiveThatAnotherIsAtWorkOn() throws Exception {
        ReplayedMySql server = servers.server(1, 5);
        try (Archiver first = servers.archiver(server.port(), "spool1", store)) {
            BackgroundTask following = Threads.daemons().start("follow", first::follow);
            await().until(() -> Files.exists(store.path("archiver")));

            assertThat(servers.sync(server, "spool2", store).sourceErrors()).singleElement().asString()
                    .contains("in use", "spool1");
            assertThat(first.trouble()).isNull();
            first.close();
            following.join();
        }
        assertThat(servers.sync(server, "spool2", store).errors()).isEmpty();
    }

    @Test
    void takesAnArchiveOverWhenAPersonSaysSo() throws IOException {
        servers.sync(servers.server(1, 5), "spool1", store);
        ReplayedMySql next = servers.server(2, 5);
        assertThat(servers.sync(next, "spool2", store).errors()).isNotEmpty();

        Archiver.takeOver(new Archive(store), root.resolve("spool2"), "next");

        assertThat(servers.sync(next, "spool2", store).errors()).isEmpty();
        assertThat(new Archive(store).newestTimeline()).hasValue(2);
        assertThat(servers.sync(servers.server(1, 8), "spool1", store).sourceErrors()).isNotEmpty();
    }

    @Test
    void saysHowTheArchiverIs() throws Exception {
        ReplayedMySql server = servers.server(1, 5);
        Watch watch = new Watch(Duration.ofMinutes(1), 1 << 20, root.resolve("spool1"));
        Archive archive = new Archive(store);
        try (Archiver first = servers.archiver(server.port(), "spool1", store)) {
            BackgroundTask following = Threads.daemons().start("follow", first::follow);
            await().untilAsserted(() -> {
                ArchiveStatus status = status(server, archive, watch);
                assertThat(status.archiver()).isEqualTo("running");
                assertThat(status.alarms()).isEmpty();
                assertThat(status.healthy()).isTrue();
            });
            first.close();
            following.join();
        }
        ArchiveStatus stopped = status(server, archive, watch);
        assertThat(stopped.archiver()).startsWith("stopped at");
        assertThat(stopped.healthy()).isFalse();
        // As kill -9 leaves it: it says that it is at work, and nobody has the spool folder.
        archive.put(Claim.OBJECT, Claim.of(archive).orElseThrow()
                .as(Claim.State.RUNNING, Clock.systemUTC().instant(), "").text());
        assertThat(status(server, archive, watch).archiver()).startsWith("dead");
        assertThat(status(server, archive, watch).healthy()).isFalse();
    }

    @Test
    void isUnhealthyAfterANewTimelineUntilThatIsAccepted() throws IOException {
        servers.sync(servers.server(1, 7), "spool", store);
        ReplayedMySql anew = servers.server(1, 2);
        servers.sync(anew, "spool", store);
        Archive archive = new Archive(store);
        assertThat(archive.newestTimeline()).hasValue(2);
        ArchiveStatus broken = status(anew, archive, Watch.DEFAULT);
        assertThat(broken.healthy()).isFalse();
        assertThat(broken.alarms()).singleElement().asString().contains("timeline 2", "full backup");

        assertThat(Acceptance.accept(archive, Clock.systemUTC())).containsExactly("timeline 2");

        assertThat(status(anew, archive, Watch.DEFAULT).healthy()).isTrue();
        assertThat(Acceptance.accept(archive, Clock.systemUTC())).isEmpty();
    }

    @Test
    void isUnhealthyWhenItIsTooFarBehind() throws IOException {
        servers.sync(servers.server(1, 5), "spool", store);
        ReplayedMySql further = servers.server(1, 500);

        ArchiveStatus status = status(further, new Archive(store), new Watch(Duration.ofDays(36500), 100, null));
        assertThat(status.alarms()).singleElement().asString().contains("lacks", "bytes");
        assertThat(status.healthy()).isFalse();
        assertThat(status(further, new Archive(store), new Watch(Duration.ofSeconds(1), 1 << 30, null)).alarms())
                .singleElement().asString().contains("behind");
    }

    private ArchiveStatus status(ReplayedMySql server, Archive archive, Watch watch) throws IOException {
        return ArchiveStatus.of(ArchivedServers.settings(server.port()), archive, Clock.systemUTC(), watch);
    }
}
