package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.encrypt.age.Identities;
import io.onedump.storage.retention.NamePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {

    private static final Backoff QUICK = new Backoff(2, Duration.ofMillis(1), Duration.ofMillis(1));

    private final MemoryStorage first = new MemoryStorage();
    private final MemoryStorage second = new MemoryStorage();
    private final List<String> said = new ArrayList<>();
    @TempDir
    private Path folder;

    @Test
    void goesOnAfterWhatCannotBeFetched() throws Exception {
        for (int day = 1; day < 6; day++) {
            keep(first, day);
        }
        first.write(path(3), "hollo");
        first.write("a/../shop-20260107.sql", "odd");
        first.write("a//shop-20260108.sql", "odd");
        first.write("a/shop-20260109.sql/", "odd");
        first.write("a/" + "x".repeat(300) + "-20260110.sql", "odd");
        assertThat(downloads(first).all()).isFalse();
        for (int day : new int[] {1, 2, 4, 5}) {
            assertThat(folder.resolve(path(day))).hasContent("day " + day);
        }
        assertThat(folder.resolve(path(3))).doesNotExist();
        assertThat(said).last().asString().contains("fetched 4 artifacts, and not these 5").contains(path(3));
    }

    @Test
    void takesFromTheNextStorageWhatTheFirstHasNotWhole() throws Exception {
        for (int day = 1; day < 4; day++) {
            keep(first, day);
            keep(second, day);
        }
        first.write(path(2), "hollo");
        assertThat(downloads(first, second).all()).isTrue();
        assertThat(folder.resolve(path(2))).hasContent("day 2");
    }

    @Test
    void bringsTheSidecarSoThatItCanBeChecked() throws Exception {
        keep(first, 1);
        assertThat(downloads(first).latest()).isTrue();
        assertThat(new ProcessBuilder("sha256sum", "-c", "shop-20260101.sql.checksum").directory(folder.toFile())
                .start().waitFor()).isZero();
    }

    @Test
    void saysThatTheNewestIsDoubtfulAndAsksTheNextStorage() throws Exception {
        keep(first, 1);
        keep(first, 2);
        keep(second, 1);
        first.write(Sidecar.path(path(2)), "damaged");
        assertThat(downloads(first, second).latest()).isTrue();
        assertThat(said).hasSize(1).first().asString().contains(path(2) + " is newer, but its sidecar is damaged");
        assertThat(folder.resolve("shop-20260101.sql")).hasContent("day 1");
        assertThat(downloads(first).latest()).isFalse();
        assertThat(folder.resolve("shop-20260101.sql")).hasContent("day 1");
    }

    @Test
    void saysThatANewerOneHasNoSidecar() throws Exception {
        keep(first, 1);
        keep(first, 2);
        first.remove(Sidecar.path(path(2)));
        assertThat(downloads(first).latest()).isTrue();
        assertThat(said).singleElement().asString().contains(path(2) + " is newer, but has no sidecar; --name");
        assertThat(folder.resolve("shop-20260101.sql")).hasContent("day 1");
    }

    @Test
    void takesNoneFromTheFutureForTheNewest() throws Exception {
        keep(first, 1);
        keep(first, "a/shop-21260101.sql", "2126-01-01T00:00:00Z", "some day");
        assertThat(downloads(first).latest()).isFalse();
        assertThat(said).singleElement().asString().contains("a/shop-21260101.sql is newer, but its time"
                + " 2126-01-01T00:00:00Z is in the future: check the clocks");
        assertThat(folder.resolve("shop-20260101.sql")).hasContent("day 1");
        first.remove(path(1));
        assertThat(downloads(first).latest()).as("there is no other").isTrue();
        assertThat(folder.resolve("shop-21260101.sql")).hasContent("some day");
    }

    @Test
    void fetchesNothingThatADamagedSidecarCannotProve() throws Exception {
        keep(first, 1);
        byte[] sidecar = first.bytes(Sidecar.path(path(1)));
        sidecar[12] ^= 1;
        first.write(Sidecar.path(path(1)), sidecar);
        assertThat(downloads(first).one(object -> true)).as("its digest is still to be read").isFalse();
        assertThat(folder.resolve("shop-20260101.sql")).hasContent("day 1");
        first.write(Sidecar.path(path(1)), "damaged");
        assertThat(downloads(first).one(object -> true)).isFalse();
        assertThat(said).last().asString().contains("remove the sidecar");
    }

    @Test
    void showsNoArtifactOfAnotherJob() throws Exception {
        keep(first, 1);
        assertThat(new Catalog(first, NamePattern.below(""), "crm").entries()).isEmpty();
        assertThat(new Catalog(first, NamePattern.below(""), "shop").entries()).hasSize(1);
    }

    private Downloads downloads(MemoryStorage... storages) {
        List<Downloads.Place> places = new ArrayList<>();
        for (MemoryStorage storage : storages) {
            places.add(new Downloads.Place(storage, NamePattern.below("a/"), NamePattern.below("a/"), "shop"));
        }
        return new Downloads(places, folder, new Downloads.Listener() {
            @Override
            public void fetched(Catalog.Entry entry, Path file) {
                assertThat(file).exists();
            }

            @Override
            public void noted(String message) {
                said.add(message);
            }

            @Override
            public void failed(String message) {
                said.add(message);
            }
        }, QUICK, Identities.NONE);
    }

    private static void keep(MemoryStorage storage, int day) throws Exception {
        keep(storage, path(day), "2026-01-0" + day + "T00:00:00Z", "day " + day);
    }

    private static void keep(MemoryStorage storage, String path, String started, String text) throws Exception {
        Identity identity = Identity.NONE.with(Identity.JOB, "shop").with(Identity.STARTED, started);
        new Put(storage, storage, new Owner("shop", null), identity).run(path,
                new BytesArtifact("any", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String path(int day) {
        return "a/shop-2026010" + day + ".sql";
    }
}
