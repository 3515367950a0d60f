package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import com.google.api.services.drive.model.File;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.Hasher;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.SharedDriveRole;
import io.onedump.storage.drive.DriveOptions;
import io.onedump.storage.drive.DriveStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders of shared drives, whose server hides them from requests that do not ask for shared drives. */
class SharedDriveIT {

    private static final int CHUNK = 256 * 1024;

    private final FakeDrive server = FakeDrive.start(3);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(value = SharedDriveRole.class, names = {"MANAGER", "CONTENT_MANAGER"})
    void keepsListsAndRemoves(SharedDriveRole role) throws Exception {
        String folder = server.addFolder(server.addSharedDrive(role), "backups");
        GeneratedArtifact artifact = new GeneratedArtifact("shop.sql", 3L * CHUNK + 1);
        try (Storage storage = open(folder)) {
            storage.put("2026/shop.sql", new GeneratedArtifact("older.sql", 10));
            assertThat(storage.put("2026/shop.sql", artifact).verifiedBy()).isEqualTo(Proof.SHA256);
            assertThat(storage.stat("2026/shop.sql")).get().extracting(StoredObject::size)
                    .isEqualTo(artifact.digest().size());
            assertThat(Hasher.of(storage.get("2026/shop.sql", 0))).isEqualTo(artifact.digest());
            for (int number = 0; number < 4; number++) {
                storage.put(number + ".sql", StorageConformance.text("small"));
            }
        }
        try (Storage storage = open(folder)) {
            assertThat(storage.list("")).extracting(StoredObject::path)
                    .containsExactlyInAnyOrder("2026/shop.sql", "0.sql", "1.sql", "2.sql", "3.sql");
            assertThat(server.names(folder)).hasSize(4);
            storage.delete("2026/shop.sql");
            assertThat(storage.list("2026/")).isEmpty();
            assertThat(server.names()).doesNotContain("shop.sql");
        }
    }

    @Test
    void keepsInTheRootOfASharedDrive() throws Exception {
        String drive = server.addSharedDrive(SharedDriveRole.MANAGER);
        try (Storage storage = open(drive)) {
            storage.put("shop.sql", StorageConformance.text("a"));
        }
        assertThat(server.names(drive)).containsExactly("shop.sql");
    }

    @Test
    void keepsNewNamesAndReplacesNoneAsAContributor() throws Exception {
        String folder = server.addFolder(server.addSharedDrive(SharedDriveRole.CONTRIBUTOR), "backups");
        try (Storage storage = open(folder)) {
            storage.put("monday.sql", StorageConformance.text("a"));
            refuses(() -> storage.put("monday.sql", StorageConformance.text("b")), "content manager");
            refuses(() -> storage.delete("monday.sql"), "content manager");
            assertThat(Hasher.of(storage.get("monday.sql", 0))).isEqualTo(StorageConformance.text("a").digest());
        }
        assertThat(server.names(folder)).containsExactly("monday.sql");
    }

    @Test
    void refusesAFolderThatItCannotSee() throws Exception {
        for (String folder : List.of("unknown-id", trashed())) {
            try (Storage storage = open(folder)) {
                refuses(() -> storage.put("shop.sql", StorageConformance.text("a")), "folderId");
                refuses(() -> storage.list(""), "folderId");
                refuses(() -> storage.stat("shop.sql"), "folderId");
            }
        }
        assertThat(server.names()).isEmpty();
    }

    /** The ID of a folder that was moved to the trash. */
    private String trashed() throws Exception {
        String folder = server.addFolder("root", "old backups");
        server.client().files().update(folder, new File().setTrashed(true)).execute();
        return folder;
    }

    private static void refuses(Request request, String message) {
        assertThatThrownBy(request::send).isExactlyInstanceOf(StorageException.class).hasMessageContaining(message);
    }

    private interface Request {
        void send() throws IOException;
    }

    private Storage open(String folder) {
        return new DriveStorage(server.client(), folder,
                new DriveOptions(Verify.AUTO, CHUNK, new Backoff(2, Duration.ofMillis(10), Duration.ofMillis(50))));
    }
}
