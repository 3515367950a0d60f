package io.onedump.binlog.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.binlog.archive.UploadSettings;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveVerifierIT {

    private static final int FILES = 4;

    /** An archive for each family and compression, made once; tests spoil copies of it. */
    @TempDir
    static Path archives;

    @TempDir
    Path folder;

    enum Family {
        MARIADB, MYSQL;

        SqlServer start() {
            return this == MARIADB
                    ? MariaDb.start()
                    : MySql.start("--gtid-mode=ON", "--enforce-gtid-consistency=ON");
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsNothingInAWholeArchive(Family family) throws IOException {
        FolderStore store = archive(family, Compression.ZSTD);

        Verification verification = verify(store);

        assertThat(verification.findings()).isEmpty();
        assertThat(verification.files()).isEqualTo(FILES);
        assertThat(verification.events()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsAFlippedBitInWhatIsStored(Family family) throws IOException {
        FolderStore store = archive(family, Compression.ZSTD);
        store.spoil("timeline-0001/binlog.000002.zst", bytes -> flip(bytes, bytes.length / 2));

        assertThat(verify(store).findings())
                .anySatisfy(finding -> assertThat(finding.toString()).contains("binlog.000002").contains("timeline 1"));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void saysWhichEventHasAFlippedBit(Family family) throws IOException {
        FolderStore store = archive(family, Compression.NONE);
        store.spoil("timeline-0001/binlog.000002", bytes -> flip(bytes, 700));

        assertThat(verify(store).findings()).anySatisfy(finding -> {
            assertThat(finding.file()).hasToString("binlog.000002");
            assertThat(finding.offset()).isBetween(200L, 700L);
            assertThat(finding.text()).contains("checksum");
        });
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsATruncation(Family family) throws IOException {
        FolderStore store = archive(family, Compression.NONE);
        store.spoil("timeline-0001/binlog.000003", bytes -> Arrays.copyOf(bytes, bytes.length - 10));

        assertThat(verify(store).findings()).anySatisfy(
                finding -> assertThat(finding.toString()).contains("binlog.000003").contains("as its manifest says"));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsAMissingFile(Family family) throws IOException {
        FolderStore store = archive(family, Compression.ZSTD);
        store.delete("timeline-0001/binlog.000002.zst");

        assertThat(verify(store).findings())
                .anySatisfy(finding -> assertThat(finding.toString()).contains("binlog.000002"));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsAHoleThatNoManifestTellsOf(Family family) throws IOException {
        FolderStore store = archive(family, Compression.ZSTD);
        store.delete("timeline-0001/binlog.000002.zst");
        store.delete("timeline-0001/binlog.000002.manifest");

        assertThat(verify(store).findings()).anySatisfy(finding -> assertThat(finding.toString())
                .contains("binlog.000002 should follow, but binlog.000003 does"));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void findsThatGtidsAreMissingWhereTheNumbersOfTheFilesLookGood(Family family) throws IOException {
        FolderStore store = archive(family, Compression.NONE);
        Files.copy(store.path("timeline-0001/binlog.000001"), folder.resolve("first"));
        store.spoil("timeline-0001/binlog.000002.manifest", manifest -> new String(manifest)
                .replaceFirst("piece .*",
                        "piece 0 " + size(store) + " " + size(store) + " " + sha256(store) + " binlog.000001")
                .getBytes());

        assertThat(verify(store).findings())
                .anySatisfy(finding -> assertThat(finding.text()).contains("came before it"));
    }

    private static long size(FolderStore store) {
        return store.path("timeline-0001/binlog.000001").toFile().length();
    }

    private static String sha256(FolderStore store) {
        try {
            return new Archive(store).manifest(1, BinlogName.parse("binlog.000001")).orElseThrow()
                    .pieces().get(0).sha256();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= 0x10;
        return bytes;
    }

    private static Verification verify(FolderStore store) throws IOException {
        return new ArchiveVerifier(new Archive(store)).verify(1);
    }

    private FolderStore archive(Family family, Compression compression) throws IOException {
        FolderStore made = made(family, compression);
        FolderStore copy = new FolderStore(folder.resolve("store"));
        for (String name : made.list("")) {
            Files.createDirectories(copy.path(name).getParent());
            Files.copy(made.path(name), copy.path(name));
        }
        return copy;
    }

    private static FolderStore made(Family family, Compression compression) throws IOException {
        Path folder = archives.resolve(family + "-" + compression);
        FolderStore store = new FolderStore(folder.resolve("store"));
        if (Files.exists(folder)) {
            return store;
        }
        try (SqlServer server = family.start()) {
            server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY AUTO_INCREMENT, body"
                    + " TEXT)");
            for (int file = 1; file < FILES; file++) {
                for (int i = 0; i < 20; i++) {
                    server.execute("INSERT INTO shop.t (body) VALUES (REPEAT('" + i + "', 100))");
                }
                server.execute("FLUSH BINARY LOGS");
            }
            StreamSettings source = new StreamSettings(MySqlSettings.of(server.host(), server.port(), "root", ""), 4711,
                    "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(1), false);
            UploadSettings upload = new UploadSettings(compression, null, Duration.ofSeconds(1), 1 << 20, 3);
            try (Archiver archiver = new Archiver(Threads.daemons(),
                    new ArchiveSettings(source, folder.resolve("staging"), upload,
                            ArchiveSettings.DEFAULT_RETRY, null, null),
                    store, Clock.systemUTC(), new Random(1), stored -> {
                    })) {
                assertThat(archiver.sync().errors()).isEmpty();
            }
        }
        return store;
    }
}
