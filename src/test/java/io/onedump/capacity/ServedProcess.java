package io.onedump.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** {@code onedump serve} of the distribution in a process of its own, and what of the machine it uses. */
final class ServedProcess implements AutoCloseable {

    private static final Path HOME = Path.of("target/onedump").toAbsolutePath();
    /** What {@code /proc} counts the processor's time in. */
    private static final int TICKS_A_SECOND = 100;
    private static final int USER_TIME = 11;
    private static final Pattern STATUS = Pattern.compile("(?m)^(\\w+):\\s+(\\d+)");

    private final Process process;
    private final Path log;

    private ServedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param folder has {@code routes} and {@code application.properties}, and gets the log */
    static ServedProcess start(Path folder) throws IOException {
        Path log = folder.resolve("serve.log");
        return new ServedProcess(command(folder, "serve").redirectErrorStream(true).redirectOutput(log.toFile())
                .start(), log);
    }

    /** A command of the distribution with that folder's configuration. */
    static ProcessBuilder command(Path folder, String name) {
        return new ProcessBuilder(HOME.resolve("bin/onedump").toString(), name, "--config",
                folder.resolve("routes").toString(), "--properties",
                folder.resolve("application.properties").toString());
    }

    Path log() {
        return log;
    }

    /** Waits for something, which must come to pass before the process ends. */
    void await(String what, Duration longest, Condition condition) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                List<String> lines = Files.readAllLines(log);
                throw new IllegalStateException(what + ": not within " + longest.toSeconds() + " s; the log ends with\n"
                        + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    /** Something that is waited for. */
    interface Condition {
        boolean holds() throws IOException;
    }

    /** How often words stand in the log. */
    long logged(String words) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(words)).count();
        }
    }

    /** The first line of the log with those words, and what follows it. */
    List<String> lines(String words, int more) throws IOException {
        List<String> lines = Files.readAllLines(log);
        int first = 0;
        while (first < lines.size() && !lines.get(first).contains(words)) {
            first++;
        }
        return lines.subList(first, Math.min(lines.size(), first + more));
    }

    Use use() throws IOException {
        String status = Files.readString(proc("status"));
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
        return new Use(System.nanoTime(), value(status, "VmRSS"), value(status, "VmHWM"), value(status, "Threads"),
                (double) ticks / TICKS_A_SECOND);
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private static long value(String status, String name) {
        return STATUS.matcher(status).results().filter(line -> line.group(1).equals(name)).map(line -> line.group(2))
                .mapToLong(Long::parseLong).findFirst().orElseThrow();
    }

    /** Ends it as a service manager does, and waits until it has tidied up. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * What it uses at a moment.
     *
     * @param nanos     of the clock
     * @param resident  kB in memory
     * @param peak      the most that was in memory until now, in kB
     * @param threads   how many it has
     * @param processor seconds that it has used until now
     */
    record Use(long nanos, long resident, long peak, long threads, double processor) {

        double secondsSince(Use before) {
            return (nanos - before.nanos) / 1e9;
        }

        /** Of one core, between two moments, in percent. */
        double percentSince(Use before) {
            return 100 * (processor - before.processor) / secondsSince(before);
        }
    }
}
