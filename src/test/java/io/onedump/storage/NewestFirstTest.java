package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

import io.onedump.storage.retention.NamePattern;
import org.junit.jupiter.api.Test;

class NewestFirstTest {

    private static final Instant NOW = Instant.parse("2026-11-23T02:30:00Z");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final MemoryStorage memory = new MemoryStorage();

    @Test
    void readsOnlyTheNewestByTheDatesInTheirNames() throws Exception {
        CatalogSeed.keep(2000, NOW, Duration.ofHours(1), memory::write);
        assertThat(newest(CatalogSeed.NAMES, null).get(0).time()).isEqualTo(NOW);
        assertThat(gets()).isLessThan(60);
    }

    @Test
    void readsNoneByOneWhereTheJobRunsEverySecond() throws Exception {
        CatalogSeed.keep(3000, NOW, Duration.ofSeconds(1), memory::write);
        assertThat(newest(CatalogSeed.NAMES, null).get(0).time()).isEqualTo(NOW);
        assertThat(gets()).isLessThan(800);
    }

    @Test
    void readsOnlyThoseBeforeAMomentAndSomeMore() throws Exception {
        CatalogSeed.keep(2000, NOW, Duration.ofDays(1), memory::write);
        Instant moment = NOW.minus(Duration.ofDays(1000)).plusSeconds(1);
        List<Catalog.Entry> found = newest(CatalogSeed.NAMES, moment);
        assertThat(found.stream().filter(entry -> entry.time().isBefore(moment)).findFirst().orElseThrow().time())
                .isEqualTo(moment.minusSeconds(1));
        assertThat(gets()).isLessThan(60);
    }

    @Test
    void readsTheNewestByTheStoragesTimesWhereThereIsNoDate() throws Exception {
        for (int i = 0; i < 500; i++) {
            memory.setClock(NOW.minus(Duration.ofDays(i)));
            keep("shop-" + Integer.toHexString(i * 7919) + ".txt", NOW.minus(Duration.ofDays(i)).minusSeconds(60),
                    "shop");
        }
        assertThat(newest("shop-${uuid}.txt", null).get(0).time()).isEqualTo(NOW.minusSeconds(60));
        assertThat(gets()).isLessThan(30);
    }

    /** Zones, moved folders, other jobs, damage, wrong dates: the answer is that of who reads everything. */
    @Test
    void findsWhatReadingEverythingFinds() throws Exception {
        List<ZoneId> zones = List.of(ZoneOffset.UTC, ZoneId.of("Asia/Tokyo"), ZoneId.of("America/Los_Angeles"));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            MemoryStorage storage = new MemoryStorage();
            String template = List
                    .of("shop-${date:now:yyyyMMdd-HHmmss}.txt", "shop-${date:now-24h:yyyyMMdd-HHmmss}.txt",
                            "shop-${date:now:yyyyMMdd}-${uuid}.txt", "shop-20200101-${uuid}.txt", "shop-${uuid}.txt")
                    .get(random.nextInt(5));
            for (int i = 0; i < 120; i++) {
                Instant started = NOW.minus(Duration.ofMinutes(random.nextInt(40_000)));
                String date = DATE.format(started.atZone(zones.get(random.nextInt(3)))
                        .minusHours(template.contains("24h") ? 24 : 0));
                String made = template.replaceAll("\\$\\{date:now:yyyyMMdd}", date.substring(0, 8))
                        .replaceAll("\\$\\{date[^}]*}", date).replace("${uuid}", Integer.toHexString(i * 7919));
                storage.setClock(random.nextInt(10) == 0 ? NOW : started.plusSeconds(30));
                keep(storage, made, started, random.nextInt(5) == 0 ? "crm" : "shop");
                int damage = random.nextInt(20);
                if (damage == 0) {
                    storage.write(Sidecar.path(made), "damaged");
                } else if (damage == 1) {
                    storage.remove(Sidecar.path(made));
                }
            }
            Catalog catalog = new Catalog(storage, NamePattern.of(template), "shop");
            Instant before = random.nextBoolean() ? null : NOW.minus(Duration.ofMinutes(random.nextInt(40_000)));
            assertThat(upTo(catalog.newest(before), before)).as("seed " + seed)
                    .isEqualTo(upTo(catalog.entries(), before));
        }
    }

    /** The first that is wanted and, where there is no limit, all that are newer. */
    private static List<Catalog.Entry> upTo(List<Catalog.Entry> entries, Instant before) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).verified() && (before == null || entries.get(i).time().isBefore(before))) {
                return entries.subList(before == null ? 0 : i, i + 1);
            }
        }
        return List.of();
    }

    private List<Catalog.Entry> newest(String template, Instant before) throws Exception {
        return new Catalog(memory, NamePattern.of(template), "shop").newest(before);
    }

    private long gets() {
        return memory.requests().stream().filter(request -> request.startsWith("get ")).count();
    }

    private void keep(String path, Instant started, String job) throws Exception {
        keep(memory, path, started, job);
    }

    private static void keep(MemoryStorage storage, String path, Instant started, String job) throws Exception {
        storage.write(path, "x");
        storage.put(Sidecar.path(path), new Sidecar("0".repeat(64), path, Identity.NONE.with(Identity.JOB, job)
                .with(Identity.STARTED, started.toString())).toArtifact());
    }
}
