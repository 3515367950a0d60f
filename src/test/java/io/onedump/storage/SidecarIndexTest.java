package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import io.onedump.artifact.Compression;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.retention.Retention.Decision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SidecarIndexTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:30:00Z");
    private static final int COUNT = 200;

    private final NamePattern names = NamePattern.of(CatalogSeed.NAMES);
    private final MemoryStorage memory = new MemoryStorage();

    @BeforeEach
    void keepMany() throws Exception {
        memory.setClock(NOW.minusSeconds(86_400));
        CatalogSeed.keep(COUNT, NOW.minusSeconds(86_400), Duration.ofDays(1), memory::write);
        memory.setClock(NOW);
        CatalogSeed.keep(NOW, memory::write);
    }

    @Test
    void sparesAllSidecarsButThoseThatAreNew() throws Exception {
        prune(COUNT + 10);
        assertThat(gets()).hasSize(COUNT + 2);
        Instant next = NOW.plusSeconds(86_400);
        memory.setClock(next);
        String path = CatalogSeed.keep(next, memory::write);
        memory.requests().clear();
        prune(COUNT + 10);
        assertThat(gets()).hasSize(3).contains("get " + Sidecar.path(path));
        assertThat(memory.requests().stream().filter(request -> request.startsWith("list"))).hasSize(1);
    }

    @Test
    void makesThePlanAndNothingIsRemovedWithoutBeingRead() throws Exception {
        prune(COUNT + 10);
        memory.requests().clear();
        List<Decision> decisions = prune(COUNT - 4);
        List<String> removed = decisions.stream().filter(decision -> !decision.keep())
                .map(decision -> decision.candidate().path()).toList();
        assertThat(removed).hasSize(5);
        assertThat(memory.requests()).containsAll(removed.stream().map(path -> "get " + Sidecar.path(path)).toList());
        assertThat(gets()).as("the newest are read too, and not all").hasSizeBetween(65, 75);
    }

    @Test
    void isMadeAnewWhenItIsDamagedOrMissing() throws Exception {
        List<Decision> right = prune(COUNT + 10);
        byte[] index = memory.bytes(index());
        byte[] flipped = index.clone();
        flipped[index.length / 2] ^= 1;
        for (byte[] bad : List.of(new byte[0], Arrays.copyOf(index, index.length - 20), flipped, new byte[] {1, 2})) {
            memory.write(index(), bad);
            memory.requests().clear();
            assertThat(prune(COUNT + 10)).isEqualTo(right);
            assertThat(gets()).hasSize(COUNT + 2);
            assertThat(memory.bytes(index())).isEqualTo(index);
        }
        memory.remove(index());
        assertThat(prune(COUNT + 10)).isEqualTo(right);
        assertThat(memory.bytes(index())).isEqualTo(index);
    }

    @Test
    void saysNothingOfASidecarThatWasWrittenSince() throws Exception {
        prune(COUNT + 10);
        String path = "shop/shop-20261120-023000.txt";
        byte[] sidecar = memory.bytes(Sidecar.path(path)).clone();
        sidecar[20] ^= 1;
        memory.write(Sidecar.path(path), sidecar);
        assertThat(prune(COUNT + 10)).filteredOn(decision -> decision.candidate().path().equals(path))
                .extracting(Decision::reason).first().asString().contains("damaged");
    }

    @Test
    void saysNothingOfASidecarThatMayYetChangeWithinTheSameSecond() throws Exception {
        prune(COUNT + 10);
        String path = "shop/shop-20261123-023000.txt";
        byte[] sidecar = memory.bytes(Sidecar.path(path)).clone();
        sidecar[20] ^= 1;
        memory.setClock(NOW);
        memory.write(Sidecar.path(path), sidecar);
        assertThat(prune(COUNT + 10)).filteredOn(decision -> decision.candidate().path().equals(path))
                .extracting(Decision::reason).first().asString().contains("damaged");
    }

    @Test
    void alarmsNobodyByWhatItSaysOfAnArtifactsSize() throws Exception {
        List<Decision> right = prune(COUNT + 10);
        String text = new String(Compression.ZSTD.decompress(memory.get(index(), 0)).readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(text).contains("\"size\":\"1\"");
        ByteArrayOutputStream lying = new ByteArrayOutputStream();
        try (OutputStream out = Compression.ZSTD.compress(lying, null)) {
            out.write(text.replace("\"size\":\"1\"", "\"size\":\"2\"").getBytes(StandardCharsets.UTF_8));
        }
        memory.write(index(), lying.toByteArray());
        assertThat(prune(COUNT + 10)).isEqualTo(right);
    }

    @Test
    void isNoArtifact() throws Exception {
        prune(COUNT + 10);
        assertThat(memory.paths()).contains(index());
        assertThat(new Catalog(memory, NamePattern.below(""), CatalogSeed.JOB).entries()).hasSize(COUNT + 1)
                .noneMatch(entry -> SidecarIndex.isIndex(entry.object().path()));
    }

    @Test
    void isNotWorthWhileForAFew() throws Exception {
        MemoryStorage few = new MemoryStorage();
        CatalogSeed.keep(Prune.WORTHWHILE, NOW.minusSeconds(1), Duration.ofDays(1), few::write);
        new Prune(few, names, rules(100), CatalogSeed.OWNER).run(NOW);
        assertThat(few.paths()).noneMatch(SidecarIndex::isIndex);
        assertThat(few.requests()).noneMatch(request -> request.contains("index"));
    }

    @Test
    void whatANewerVersionWroteIsNotRead() throws Exception {
        prune(COUNT + 10);
        String text = new String(Compression.ZSTD.decompress(memory.get(index(), 0)).readAllBytes(),
                StandardCharsets.UTF_8);
        ByteArrayOutputStream newer = new ByteArrayOutputStream();
        try (OutputStream out = Compression.ZSTD.compress(newer, null)) {
            out.write(text.replace("\"version\":1", "\"version\":2").getBytes(StandardCharsets.UTF_8));
        }
        memory.write(index(), newer.toByteArray());
        memory.requests().clear();
        prune(COUNT + 10);
        assertThat(gets()).hasSize(COUNT + 2);
    }

    private String index() throws Exception {
        return SidecarIndex.path(names.prefix());
    }

    private List<String> gets() {
        return memory.requests().stream().filter(request -> request.startsWith("get ")).toList();
    }

    private List<Decision> prune(int keepLast) throws Exception {
        return new Prune(memory, names, rules(keepLast), CatalogSeed.OWNER).run(NOW.plusSeconds(100_000));
    }

    private static Retention rules(int keepLast) {
        return new Retention(keepLast, null, 0, 0, 0, 0, ZoneOffset.UTC, false);
    }
}
