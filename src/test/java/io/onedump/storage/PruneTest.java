package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
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
 * nor what another job or machine has made, nor what is not proved to be good. In two of three histories an index says
 * what sidecars hold; it may be old, damaged, or lie.
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
    /** How many sidecars are read rather than kept in an index. */
    private int worthwhile;
    private Random random;
    private Instant clock;
    private boolean shared;
    private int ticks;
    private boolean lied;

    @Test
    void neverRemovesTheNewestProvedArtifactOfAnybody() throws Exception {
        for (int history = 0; history < HISTORIES; history++) {
            random = new Random(history);
            memory = new MemoryStorage();
            worthwhile = history % 3 == 0 ? Integer.MAX_VALUE : history % 3 - 1;
            stored.clear();
            doubtful.clear();
            clock = START;
            shared = random.nextInt(3) == 0;
            lied = false;
            for (int step = 0; step < STEPS; step++) {
                step(history, step);
            }
        }
    }

    private void step(int history, int step) throws Exception {
        switch (random.nextInt(16)) {
            case 0 -> memory.touchAll(tick());
            case 1 -> clock = clock.minus(Duration.ofHours(random.nextInt(500)));
            case 2 -> clock = clock.plus(Duration.ofHours(random.nextInt(500)));
            case 3 -> change(memory.paths().stream().filter(Sidecar::isSidecar).toList(), this::flip);
            case 4 -> change(memory.paths().stream().filter(Sidecar::isSidecar).toList(), path -> {
                memory.remove(path);
                doubtful.add(Sidecar.artifact(path));
            });
            case 5 -> change(artifacts(), path -> {
                memory.write(path, path + " torn");
                doubtful.add(path);
            });
            case 6 -> change(memory.paths().stream().filter(SidecarIndex::isIndex).toList(), this::damage);
            case 7 -> MACHINES.forEach(this::lie);
            default -> run("history " + history + ", step " + step, step);
        }
        clock = clock.plus(Duration.ofHours(12 + random.nextInt(24)));
        memory.setClock(tick());
    }

    /** No two states of a file have the same time: what has, an index cannot tell apart, and a lie is worse. */
    private Instant tick() {
        return clock.plusMillis(++ticks);
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

    private List<String> artifacts() {
        return memory.paths().stream().filter(path -> !Sidecar.isSidecar(path) && !SidecarIndex.isIndex(path)).toList();
    }

    private void damage(String index) {
        byte[] bytes = memory.bytes(index);
        switch (bytes.length == 0 ? 1 : random.nextInt(3)) {
            case 0 -> memory.write(index, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case 1 -> memory.write(index, "{}");
            default -> {
                byte[] flipped = bytes.clone();
                flipped[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                memory.write(index, flipped);
            }
        }
    }

    /** An index that fits all that is listed, and says anything of it. */
    private void lie(String machine) {
        lied = true;
        List<SidecarIndex.Remembered> lies = new ArrayList<>();
        for (String path : artifacts()) {
            if (memory.paths().contains(Sidecar.path(path)) && random.nextInt(4) > 0) {
                Identity identity = Identity.NONE
                        .with(Identity.JOB, random.nextInt(4) == 0 ? null : JOBS.get(random.nextInt(2)))
                        .with(Identity.SERIES, machine + "/shop-{date}.sql")
                        .with(Identity.STARTED, START.plus(Duration.ofHours(random.nextInt(5000) - 2500)).toString());
                lies.add(new SidecarIndex.Remembered(memory.stat(Sidecar.path(path)).orElseThrow(),
                        new Sidecar("0".repeat(64), ObjectPath.name(path), identity)));
            }
        }
        SidecarIndex.save(memory, NAMES.get(machine).prefix(), lies, memory.paths());
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
        if (!lied && random.nextInt(5) == 0) {
            assertThat(new Prune(memory, names, rules, new Owner(job, machine), worthwhile).explain(clock)).as(as)
                    .isEqualTo(
                            new Prune(memory, names, rules, new Owner(job, machine), Integer.MAX_VALUE).explain(clock));
        }
        Prune prune = new Prune(memory, names, rules, new Owner(job, machine), worthwhile);
        if (random.nextBoolean()) {
            prune.runAfter(path, series, clock);
            assertThat(memory.paths()).as(() -> as + ": this run's own").contains(path, Sidecar.path(path));
        } else {
            prune.run(clock);
        }
        assertThat(memory.paths()).as(() -> as + ": the newest of each, before " + before).containsAll(newest.values());
        for (String gone : before) {
            if (!Sidecar.isSidecar(gone) && !SidecarIndex.isIndex(gone) && !memory.paths().contains(gone)) {
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
