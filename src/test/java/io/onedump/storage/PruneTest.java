package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.onedump.artifact.BytesArtifact;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a folder in which several jobs of several machines keep their artifacts, with moves, wrong clocks and
 * damage. Whatever happens, the newest proved artifact of each series is never removed, nor what a run has just stored,
 * nor what another job or machine has made, nor what is not proved to be good.
 */
@Tag("slow")
class PruneTest {

    private static final int HISTORIES = 12_000;
    private static final int STEPS = 10;
    private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final String TEMPLATE = "${sysenv.HOSTNAME}/shop-${date-with-timezone:now:UTC:yyyyMMdd-HHmmss}.sql";
    /** Names that do not tell the machines apart. */
    private static final String SHARED = "all/shop-${date-with-timezone:now:UTC:yyyyMMdd-HHmmss}.sql";
    private static final List<String> JOBS = List.of("shop", "crm");
    private static final List<String> MACHINES = List.of("alpha", "beta");
    private static final Map<String, NamePattern> NAMES = Map.of(
            "alpha", NamePattern.of(TEMPLATE, expression -> "alpha"),
            "beta", NamePattern.of(TEMPLATE, expression -> "beta"));

    /** What is known of an artifact that was stored, by its path. */
    private record Stored(String job, String machine, Instant started, int number) {
    }

    private final Map<String, Stored> stored = new HashMap<>();
    private final Set<String> doubtful = new HashSet<>();
    private MemoryStorage memory;
    private Random random;
    private Instant clock;
    private boolean shared;

    @Test
    void neverRemovesTheNewestProvedArtifactOfAnybody() throws Exception {
        for (int history = 0; history < HISTORIES; history++) {
            random = new Random(history);
            memory = new MemoryStorage();
            stored.clear();
            doubtful.clear();
            clock = START;
            shared = random.nextInt(3) == 0;
            for (int step = 0; step < STEPS; step++) {
                step(history, step);
            }
        }
    }

    private void step(int history, int step) throws Exception {
        switch (random.nextInt(14)) {
            case 0 -> memory.touchAll(clock);
            case 1 -> clock = clock.minus(Duration.ofHours(random.nextInt(500)));
            case 2 -> clock = clock.plus(Duration.ofHours(random.nextInt(500)));
            case 3 -> change(memory.paths().stream().filter(Sidecar::isSidecar).toList(), this::flip);
            case 4 -> change(memory.paths().stream().filter(Sidecar::isSidecar).toList(), path -> {
                memory.remove(path);
                doubtful.add(Sidecar.artifact(path));
            });
            case 5 -> change(memory.paths().stream().filter(path -> !Sidecar.isSidecar(path)).toList(), path -> {
                memory.write(path, path + " torn");
                doubtful.add(path);
            });
            default -> run("history " + history + ", step " + step, step);
        }
        clock = clock.plus(Duration.ofHours(12 + random.nextInt(24)));
        memory.setClock(clock);
    }

    private void flip(String path) {
        if (!doubtful.add(Sidecar.artifact(path))) {
            // Twice might be none.
            return;
        }
        byte[] bytes = memory.bytes(path).clone();
        // Beyond the digest itself, which only the whole artifact can contradict.
        bytes[random.nextInt(bytes.length - 100)] ^= (byte) (1 + random.nextInt(255));
        memory.write(path, bytes);
    }

    private interface Change {
        void apply(String path);
    }

    private void change(List<String> paths, Change change) {
        if (!paths.isEmpty()) {
            change.apply(paths.get(random.nextInt(paths.size())));
        }
    }

    private void run(String as, int number) throws Exception {
        String job = JOBS.get(random.nextInt(JOBS.size()));
        String machine = MACHINES.get(random.nextInt(MACHINES.size()));
        NamePattern names = shared ? NamePattern.of(SHARED) : NAMES.get(machine);
        String path = (shared ? "all" : machine) + "/shop-" + DATE.format(clock.atZone(ZoneOffset.UTC)) + ".sql";
        if (stored.containsKey(path) && memory.paths().contains(path)) {
            return;
        }
        String series = names.series(path).orElseThrow();
        Identity identity = Identity.NONE.with(Identity.JOB, job).with(Identity.SERIES, series)
                .with(Identity.HOST, machine).with(Identity.STARTED, clock.toString());
        new Put(memory, memory, new Owner(job, machine), identity).run(path,
                new BytesArtifact("shop.sql", path.getBytes(StandardCharsets.UTF_8)));
        stored.put(path, new Stored(job, machine, clock, number));
        doubtful.remove(path);
        Map<Object, String> newest = newest();
        List<String> before = memory.paths();
        Retention rules = new Retention(1 + random.nextInt(3),
                random.nextInt(3) == 0 ? Duration.ofHours(random.nextInt(100)) : null, random.nextInt(3), 0, 0, 0,
                ZoneOffset.UTC, random.nextInt(4) == 0);
        Prune prune = new Prune(memory, names, rules, new Owner(job, machine));
        if (random.nextBoolean()) {
            prune.runAfter(path, series, clock);
            assertThat(memory.paths()).as(() -> as + ": this run's own").contains(path, Sidecar.path(path));
        } else {
            prune.run(clock);
        }
        assertThat(memory.paths()).as(() -> as + ": the newest of each, before " + before).containsAll(newest.values());
        for (String gone : before) {
            if (!Sidecar.isSidecar(gone) && !memory.paths().contains(gone)) {
                Stored lost = stored.get(gone);
                boolean mayGo = !doubtful.contains(gone) && lost.job().equals(job) && lost.machine().equals(machine)
                        && !lost.started().isAfter(clock);
                boolean unproved = rules.pruneUnverified() && !before.contains(Sidecar.path(gone));
                assertThat(mayGo || unproved).as(() -> as + ": " + gone + " went").isTrue();
            }
        }
    }

    /** The newest proved artifact of each job and machine by the beginning of its run, as of now. */
    private Map<Object, String> newest() {
        Map<Object, String> newest = new HashMap<>();
        List<String> paths = new ArrayList<>(stored.keySet());
        paths.removeIf(path -> doubtful.contains(path) || !memory.paths().contains(path)
                || stored.get(path).started().isAfter(clock));
        paths.sort(Comparator.comparing(path -> stored.get(path).started()));
        for (String path : paths) {
            newest.put(List.of(stored.get(path).job(), stored.get(path).machine()), path);
        }
        return newest;
    }
}
