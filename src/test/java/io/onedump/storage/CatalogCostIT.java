package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.servers.MemoryS3;
import io.onedump.servers.PasswordSshd;
import io.onedump.servers.TcpProxy;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;
import org.junit.jupiter.api.Test;

/** What it costs to find one's way among many artifacts: requests, round trips, connections. */
class CatalogCostIT {

    private static final int COUNT = 2500;
    private static final Instant NOW = Instant.now().minusSeconds(60);
    private static final NamePattern NAMES = NamePattern.of(CatalogSeed.NAMES);
    private static final int OPEN = 3;

    @Test
    void s3ListsInPagesAndReadsNoSidecarTwice() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); Storage storage = s3(server)) {
            CatalogSeed.keep(COUNT, NOW, Duration.ofHours(1), server::keep);
            assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).entries()).hasSize(COUNT)
                    .allMatch(Catalog.Entry::verified);
            assertThat(server.takeRequests()).as("the list, a look for an index, all sidecars").hasSize(5 + 1 + COUNT);
            prune(storage, COUNT);
            assertThat(server.takeRequests()).as("the list, the index, all sidecars, a new index").hasSizeBetween(
                    5 + 1 + COUNT + 1, 5 + 1 + COUNT + 3);
            prune(storage, COUNT);
            assertThat(server.takeRequests()).as("the list and the index").hasSize(5 + 1);
            prune(storage, COUNT - 1);
            assertThat(server.takeRequests()).as("what goes and the newest are read too").hasSizeLessThan(5 + 1 + 70);
            assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).entries()).hasSize(COUNT - 1);
            assertThat(server.takeRequests()).as("its tags name contents").hasSize(5 + 1);
        }
    }

    @Test
    void s3FindsTheNewestFromItsPagesAndAFewSidecars() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); Storage storage = s3(server)) {
            CatalogSeed.keep(COUNT, NOW, Duration.ofHours(1), server::keep);
            assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).newest(null).get(0).time()).isEqualTo(NOW);
            assertThat(server.takeRequests().stream().filter("GET "::equals)).as("40 days are 1921 objects").hasSize(2);
        }
    }

    @Test
    void s3LooksThroughAllWhenNothingIsRecent() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); Storage storage = s3(server)) {
            Instant old = NOW.minus(Duration.ofDays(300));
            CatalogSeed.keep(COUNT, old, Duration.ofHours(1), server::keep);
            assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).newest(null).get(0).time()).isEqualTo(old);
            Instant moment = old.minus(Duration.ofDays(20));
            assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).newest(moment.plusSeconds(1)))
                    .anyMatch(entry -> entry.time().equals(moment) && entry.verified());
            assertThat(server.takeRequests()).hasSizeLessThan(200);
        }
    }

    @Test
    void readsSeveralSidecarsAtOnceAndNotMoreThanTheServerLikes() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); Storage storage = s3(server)) {
            CatalogSeed.keep(1000, NOW, Duration.ofHours(1), server::keep);
            server.pause(Duration.ofMillis(50));
            assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).entries()).hasSize(1000);
            assertThat(server.mostAtOnce()).isBetween(16, 32);
        }
    }

    @Test
    void anAccountThatMayNotWriteIsServedWithoutAnIndex() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); Storage storage = s3(server)) {
            CatalogSeed.keep(100, NOW, Duration.ofHours(1), server::keep);
            server.refuseWrites();
            assertThat(prune(storage, 100)).hasSize(100);
            assertThat(server.keys()).noneMatch(SidecarIndex::isIndex);
        }
    }

    @Test
    void sftpAsksForManySidecarsAtOnceOverOneConnection() throws Exception {
        try (PasswordSshd server = PasswordSshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.latency(Duration.ofMillis(10));
            Path folder = server.workFolder();
            Files.createDirectories(folder.resolve("shop"));
            CatalogSeed.keep(1000, NOW, Duration.ofHours(1),
                    (path, bytes) -> Files.setLastModifiedTime(Files.write(folder.resolve(path), bytes),
                            FileTime.from(NOW.minusSeconds(10))));
            CatalogSeed.keep(NOW.plusSeconds(1), (path, bytes) -> Files.write(folder.resolve(path), bytes));
            try (Storage storage = sftp(server, proxy)) {
                Instant started = Instant.now();
                assertThat(new Catalog(storage, NAMES, CatalogSeed.JOB).entries()).hasSize(1001)
                        .allMatch(Catalog.Entry::verified);
                assertThat(Duration.between(started, Instant.now())).as("one after the other it is 60 s")
                        .isLessThan(Duration.ofSeconds(45));
                prune(storage, 2000);
                assertThat(opened(server)).isGreaterThan(2000);
                int before = opened(server);
                prune(storage, 2000);
                assertThat(opened(server) - before).as("the index, and what may yet change").isLessThan(5);
                assertThat(proxy.connections()).isEqualTo(1);
            }
        }
    }

    private static int opened(PasswordSshd server) {
        return (int) server.faults().requests().stream().filter(type -> type == OPEN).count();
    }

    private static List<Retention.Decision> prune(Storage storage, int keepLast) throws Exception {
        return new Prune(storage, NAMES, new Retention(keepLast, null, 0, 0, 0, 0, ZoneOffset.UTC, false),
                CatalogSeed.OWNER).run(Instant.now());
    }

    private static Storage s3(MemoryS3 server) {
        return new S3Storage(server.client(), "bench", "",
                new S3Options(Verify.AUTO, 5 << 20, 4, S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE));
    }

    private static Storage sftp(PasswordSshd server, TcpProxy proxy) throws Exception {
        Path known = Files.writeString(server.workFolder().resolveSibling("proxied_hosts"),
                Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
        return new SftpStorage(new SshSettings(proxy.host(), proxy.port(), PasswordSshd.USER, PasswordSshd.PASSWORD,
                null, null, known.toString(), null), "/", new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT));
    }
}
