package io.onedump.binlog.moment;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Hasher;
import io.onedump.binlog.archive.ArchiveStore;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.archive.Piece;
import io.onedump.binlog.event.BinlogName;
import io.onedump.database.mysql.BinlogPosition;

/**
 * A server's life, made up by chance: what it committed, what was archived of its log and which dumps were made. What
 * nothing could tell apart is not made up: dumps without GTIDs where files are lost, and clocks that are set by more
 * than ten minutes between two RESET MASTER.
 */
final class MadeHistory implements ArchiveStore {

    private static final Instant BEGIN = Instant.parse("2026-01-10T08:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2040-01-01T00:00:00Z");

    /** A transaction, with what the database held before it. */
    record Commit(Life life, BinlogName file, long start, long end, String gtid, Instant time, int label,
            List<Integer> before) {
    }

    /** A file of the log. */
    record LogFile(BinlogName name, MadeLog log, Instant created) {
    }

    /** From one RESET MASTER to the next: a timeline of the archive. */
    static final class Life {
        final int timeline;
        final String base;
        final Instant begin;
        final List<Integer> heldAtStart;
        final List<Commit> commits = new ArrayList<>();
        final List<LogFile> files = new ArrayList<>();
        long number;

        Life(int timeline, String base, Instant begin, List<Integer> held) {
            this.timeline = timeline;
            this.base = base;
            this.begin = begin;
            this.heldAtStart = List.copyOf(held);
        }

        LogFile file() {
            return files.get(files.size() - 1);
        }
    }

    /** A server, of which there may be a copy. */
    private final class Server {
        final UUID uuid;
        final int id;
        final List<Life> lives = new ArrayList<>();
        final List<Integer> held = new ArrayList<>();

        Server(UUID uuid, int id) {
            this.uuid = uuid;
            this.id = id;
        }

        Life life() {
            return lives.get(lives.size() - 1);
        }

        void reset(String base) {
            lives.add(new Life(lives.size() + 1, base, clock, held));
            open(new BinlogName(base, 1));
        }

        void open(BinlogName name) {
            life().files.add(new LogFile(name, new MadeLog(uuid, id, clock), clock));
        }

        void rotate() {
            BinlogName next = life().file().name().next();
            life().file().log().rotate(next.toString(), clock);
            open(next);
        }

        void commit(Instant time) {
            LogFile file = life().file();
            long start = file.log().size();
            int label = labels++;
            long number = ++life().number;
            file.log().transaction(number, time, "INSERT INTO item VALUES ('" + "x".repeat(sizes()) + "')");
            life().commits.add(new Commit(life(), file.name(), start, file.log().size(), uuid == null
                    ? "0-" + id + "-" + number
                    : uuid + ":" + number, time, label, List.copyOf(held)));
            held.add(label);
        }

        Dump dump() {
            String gtids = life().number == 0 || !lossy && random.nextInt(6) == 0
                    ? ""
                    : uuid == null ? "0-" + id + "-" + life().number : uuid + ":1-" + life().number;
            return new Dump("dump-" + dumps.size(), clock.plusSeconds(random.nextInt(240) - 120L),
                    new BinlogPosition(life().file().name().toString(), life().file().log().size(), gtids),
                    uuid == null ? Integer.toString(id) : uuid.toString(), List.copyOf(held),
                    this == origin ? life() : null);
        }
    }

    /** @param life null for a dump of another server */
    record Dump(String name, Instant time, BinlogPosition position, String server, List<Integer> held, Life life)
            implements
                KeptDump {
    }

    final Random random;
    final List<Dump> dumps = new ArrayList<>();
    /** Whether the clock was set, or files of the log never reached the archive. */
    boolean jumps;
    boolean holes;
    private final TreeMap<String, byte[]> objects = new TreeMap<>();
    private final boolean alike;
    private final boolean lossy;
    private boolean far;
    private final Server origin;
    private Server copy;
    private Instant clock = BEGIN;
    private int labels;

    MadeHistory(long seed, boolean plain) {
        random = new Random(seed);
        alike = random.nextBoolean();
        lossy = !plain && random.nextInt(5) == 0;
        origin = new Server(random.nextBoolean() ? null : new UUID(random.nextLong(), random.nextLong()), 1);
        origin.reset("binlog");
        dumps.add(origin.dump());
        int steps = 20 + random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            clock = clock.plusSeconds(1 + random.nextInt(random.nextInt(8) == 0 ? 5000 : 60)).plusMillis(137);
            step(random.nextInt(plain ? 80 : 100));
        }
        origin.lives.forEach(this::archive);
        if (lossy) {
            lose();
        }
    }

    private int sizes() {
        return alike ? 10 : random.nextInt(5000);
    }

    private void step(int choice) {
        if (choice < 60) {
            origin.commit(clock);
        } else if (choice < 72) {
            if (!lossy || origin.life().number > 0) {
                dumps.add(origin.dump());
            }
        } else if (choice < 80) {
            origin.rotate();
        } else if (choice < 84) {
            if (!far) {
                origin.reset(random.nextInt(3) == 0 ? "mysql-bin" : "binlog");
            }
        } else if (choice < 87) {
            jumps = true;
            int most = origin.lives.size() > 1 ? 200 : 7200;
            far |= most > 200;
            clock = clock.plusSeconds(random.nextInt(2 * most) - (long) most);
        } else if (choice < 90) {
            origin.commit(FAR_AHEAD.plusSeconds(random.nextInt(1000)));
        } else {
            stranger();
        }
    }

    /** A copy of the server, with another id, goes on by itself and is dumped by the same job. */
    private void stranger() {
        if (copy == null) {
            copy = new Server(origin.uuid == null ? null : new UUID(random.nextLong(), 7), 2);
            copy.held.addAll(origin.held);
            copy.reset(origin.life().base);
            copy.life().number = origin.life().number;
            while (copy.life().file().name().compareTo(origin.life().file().name()) < 0) {
                copy.rotate();
            }
        }
        for (int i = 0; i <= random.nextInt(4); i++) {
            copy.commit(clock);
        }
        dumps.add(copy.dump());
    }

    private void archive(Life life) {
        for (LogFile file : life.files) {
            boolean last = file == life.file();
            byte[] bytes = file.log().bytes();
            Hasher hasher = new Hasher();
            hasher.update(bytes, 0, bytes.length);
            BinlogName next = file.name().next();
            Instant ended = last ? clock : ended(life, file);
            FileManifest manifest = new FileManifest(file.name(),
                    last ? FileManifest.State.OPEN : FileManifest.State.CLOSED,
                    origin.uuid == null ? "" : origin.uuid.toString(), file.log().version(), "0".repeat(64),
                    file.created(), ended, last ? null : next, List.of(new Piece(file.name().toString(), 0,
                            bytes.length, bytes.length, hasher.digest().sha256())));
            String folder = folder(life);
            objects.put(folder + file.name(), bytes);
            objects.put(folder + file.name() + ".manifest", manifest.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String folder(Life life) {
        return String.format("timeline-%04d/", life.timeline);
    }

    /** The server removed a file before it was archived. */
    private void lose() {
        Life life = origin.lives.get(random.nextInt(origin.lives.size()));
        if (life.files.size() > 1) {
            holes = true;
            BinlogName name = life.files.get(random.nextInt(life.files.size() - 1)).name();
            objects.remove(folder(life) + name);
            objects.remove(folder(life) + name + ".manifest");
        }
    }

    List<Life> lives() {
        return origin.lives;
    }

    List<Commit> commits() {
        return origin.lives.stream().flatMap(life -> life.commits.stream()).toList();
    }

    /** What the server holds in the end. */
    List<Integer> held() {
        return List.copyOf(origin.held);
    }

    List<Dump> newestFirst() {
        List<Dump> sorted = new ArrayList<>(dumps);
        sorted.sort((one, other) -> other.time().compareTo(one.time()));
        return sorted;
    }

    private static Instant ended(Life life, LogFile file) {
        return life.files.get(life.files.indexOf(file) + 1).created();
    }

    /** Whether the time is later than that at which its file was closed, so that it means nothing. */
    boolean isAhead(Commit commit) {
        LogFile file = commit.life().files.stream().filter(each -> each.name().equals(commit.file())).findFirst()
                .orElseThrow();
        Instant latest = file == commit.life().file() ? Instant.now() : ended(commit.life(), file);
        return commit.time().isAfter(latest.plusSeconds(5));
    }

    /** Its timelines, for who looks into a failure. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(jumps ? "the clock was set; " : "").append(holes ? "a hole; " : "");
        origin.lives.forEach(life -> text.append(life.timeline).append(": ").append(life.files.get(0).name())
                .append(" to ").append(life.file().name()).append(", from ").append(life.begin).append(" on, after ")
                .append(life.heldAtStart).append(" and then ").append(life.commits.size()).append("; "));
        return text.toString();
    }

    boolean isArchived(Life life, BinlogName file) {
        return objects.containsKey(folder(life) + file);
    }

    @Override
    public void put(String name, Artifact artifact) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public List<String> list(String prefix) {
        return objects.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    @Override
    public InputStream get(String name) throws FileNotFoundException {
        if (!objects.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return new ByteArrayInputStream(objects.get(name));
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException(name);
    }
}
