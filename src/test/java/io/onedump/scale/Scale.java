package io.onedump.scale;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.onedump.app.run.ServedJobsAxis;
import io.onedump.binlog.archive.ArchivesAxis;
import io.onedump.binlog.archive.FirstSyncAxis;
import io.onedump.binlog.archive.OpenFileAxis;
import io.onedump.binlog.archive.StatusAxis;
import io.onedump.restore.mysql.NativeDumpAxis;
import io.onedump.slowlog.digest.SlowClassesAxis;
import io.onedump.storage.CatalogAxis;
import io.onedump.storage.SftpListAxis;
import io.onedump.sync.SyncNamesAxis;

/** Measures how every cost grows, and fails when one grows faster than what causes it. */
final class Scale {

    /** A little more than straight: sorting costs a logarithm, and measuring is not exact. */
    static final double MOST = 1.15;

    private static final long ENOUGH = 500_000_000;
    private static final String LINE = "%-44s %10d %12.3f %12d %16d%n";

    private final Path folder;
    private final PrintStream out;

    Scale(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** All that there are. */
    static List<ScaleAxis> axes() {
        return List.of(new SlowClassesAxis(), new ReportFilesAxis(), new OpenFileAxis(), FirstSyncAxis.TO_A_FOLDER,
                FirstSyncAxis.TO_S3, new StatusAxis(), new ArchivesAxis(), new FolderStorageAxis(), new SftpPutsAxis(),
                new SftpListAxis(), CatalogAxis.LIST,
                CatalogAxis.LATEST, CatalogAxis.RETENTION, new SyncNamesAxis(), new JobFilesAxis(),
                new ServedJobsAxis(), NativeDumpAxis.DUMPED_TABLES, NativeDumpAxis.DUMPED_ROWS,
                NativeDumpAxis.RESTORED_TABLES, NativeDumpAxis.RESTORED_ROWS);
    }

    /** @param arguments how many sizes of each axis, then parts of names of axes; all when none is given */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && !arguments[0].matches("[23]")) {
            System.err.println("bench/scale: the number of sizes is 2 or 3, not " + arguments[0]);
            System.exit(1);
        }
        int sizes = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        List<String> wanted = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        List<ScaleAxis> axes = axes().stream().filter(axis -> wanted.isEmpty()
                || wanted.stream().anyMatch(axis.what()::contains)).toList();
        if (axes.isEmpty()) {
            System.err
                    .println("bench/scale: no axis has such a name: " + axes().stream().map(ScaleAxis::what).toList());
            System.exit(1);
        }
        Path folder = Files.createTempDirectory("onedump-bench-scale");
        List<String> problems = new ArrayList<>();
        try {
            Scale scale = new Scale(folder, System.out);
            scale.heading();
            for (ScaleAxis axis : axes) {
                problems.addAll(scale.measured(axis, sizes));
            }
        } finally {
            delete(folder);
        }
        problems.forEach(System.err::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    void heading() {
        out.printf("%-44s %10s %12s %12s %16s%n", "axis", "size", "processor s", "requests", "bytes");
    }

    /** Measures again what only costs too much time of the processor, since others on the machine cost that too. */
    List<String> measured(ScaleAxis axis, int count) throws Exception {
        List<String> problems = measure(axis, count);
        for (int again = 0; again < 2 && isNoise(problems); again++) {
            problems = measure(axis, count);
        }
        return problems;
    }

    private static boolean isNoise(List<String> problems) {
        return !problems.isEmpty() && problems.stream().allMatch(problem -> problem.contains("processor time"));
    }

    /** @return what grows too fast */
    List<String> measure(ScaleAxis axis, int count) throws Exception {
        List<Integer> sizes = axis.sizes().subList(0, Math.min(count, axis.sizes().size()));
        List<Long> processor = new ArrayList<>();
        List<Long> requests = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();
        // Once for the compiler.
        run(axis, sizes.get(0));
        for (int size : sizes) {
            ScaleAxis.Cost cost = mean(axis, size);
            processor.add(cost.processorNanos());
            requests.add(cost.requests());
            bytes.add(cost.bytes());
            out.printf(Locale.ROOT, LINE, axis.what(), size, cost.processorNanos() / 1e9, cost.requests(),
                    cost.bytes());
        }
        List<String> problems = new ArrayList<>();
        double[] exponents = {Exponent.of(sizes, processor), Exponent.of(sizes, requests), Exponent.of(sizes, bytes)};
        out.printf(Locale.ROOT, "%-44s %10s %12.2f %12.2f %16.2f%n", "", "exponent", exponents[0], exponents[1],
                exponents[2]);
        String[] whats = {"processor time", "requests", "bytes"};
        for (int i = 0; i < whats.length; i++) {
            if (exponents[i] > MOST) {
                problems.add(String.format(Locale.ROOT, "%s: the exponent of its %s is %.2f, more than %.2f",
                        axis.what(), whats[i], exponents[i], MOST));
            }
        }
        return problems;
    }

    /** What is short is done again, up to five times: the clock of the processor's time is a coarse one. */
    private ScaleAxis.Cost mean(ScaleAxis axis, int size) throws Exception {
        long nanos = 0;
        for (int runs = 1;; runs++) {
            ScaleAxis.Cost cost = run(axis, size);
            nanos += cost.processorNanos();
            if (nanos >= ENOUGH || runs == 5) {
                return new ScaleAxis.Cost(nanos / runs, cost.requests(), cost.bytes());
            }
        }
    }

    private ScaleAxis.Cost run(ScaleAxis axis, int size) throws Exception {
        Path own = Files.createTempDirectory(folder, "run");
        try {
            return axis.run(size, own);
        } finally {
            delete(own);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
