package io.onedump.drill.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.onedump.storage.Storage;
import io.onedump.storage.StorageEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {

    private static final Instant BEGAN = Instant.parse("2026-11-29T06:00:00Z");

    @TempDir
    private Path folder;
    private DefaultCamelContext context;
    private Storage storage;
    private Evidence evidence;

    @BeforeEach
    void open() throws Exception {
        context = new DefaultCamelContext();
        context.start();
        storage = StorageEndpoint.of(context, "storage:file:" + folder).open();
        evidence = new Evidence(storage, "drills/", "shop");
        for (int day = 0; day < 4; day++) {
            evidence.add(record(day, day == 2 ? List.of("a row | is missing") : List.of()));
        }
    }

    @AfterEach
    void close() {
        storage.close();
        context.stop();
    }

    private static DrillRecord record(int day, List<String> findings) {
        Instant began = BEGAN.plus(Duration.ofDays(day));
        return new DrillRecord("shop", "dump", "shop.sql.zst", "00", began, began, began.plusSeconds(9), "local", 3,
                100,
                3, 7, 0, began, Duration.ofSeconds(8), findings, List.of());
    }

    @Test
    void recordsAreChained() throws Exception {
        assertThat(evidence.check()).isEqualTo(new Evidence.Chain(4, List.of()));
        assertThat(new Evidence(storage, "drills/", "sho").check().records()).isZero();
        assertThat(folder.resolve("drills/drill-shop-20261129-060009.json")).content().contains("\"proved\" : true",
                "\"previous\" : \"\"");
        assertThat(folder.resolve("drills/drill-shop-20261201-060009.md")).content().contains("FAILED",
                "a row | is missing");
    }

    @Test
    void everyChangedOrMissingRecordIsFound() throws Exception {
        for (Path file : Files.list(folder.resolve("drills")).filter(each -> each.toString().endsWith(".json"))
                .sorted().toList()) {
            byte[] whole = Files.readAllBytes(file);
            byte[] changed = whole.clone();
            changed[changed.length / 2] ^= 1;
            Files.write(file, changed);
            assertThat(evidence.check().broken()).as("%s changed", file).isNotEmpty();
            Files.delete(file);
            if (!file.toString().contains("20261202")) {
                assertThat(evidence.check().broken()).as("%s removed", file).isNotEmpty();
            }
            Files.write(file, whole);
            assertThat(evidence.check().broken()).isEmpty();
        }
    }

    @Test
    void aRecordReplacesNone() {
        assertThatThrownBy(() -> evidence.add(record(3, List.of()))).hasMessageContaining("drill-shop-20261202");
        assertThat(folder.resolve("drills/drill-shop-20261202-060009.json")).exists();
    }
}
