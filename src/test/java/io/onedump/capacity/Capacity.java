package io.onedump.capacity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;

import io.onedump.servers.MemoryS3;

/** Measures how much one instance holds. */
final class Capacity {

    private Capacity() {
    }

    /** @param arguments {@code archives}, {@code archives-s3} or {@code jobs}, how many, and megabytes of a dump */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        int megabytes = arguments.length < 3 ? 0 : Integer.parseInt(arguments[2]);
        // The JDK's HTTP server warns of each answer to HEAD.
        LogManager.getLogManager().reset();
        Path folder = Files.createTempDirectory("onedump-bench-capacity");
        List<String> problems = new ArrayList<>();
        try {
            problems.addAll(switch (arguments[0]) {
                case "archives" -> new ArchivesCapacity(folder, System.out, null).measure(count);
                case "archives-s3" -> onS3(folder, count);
                case "jobs" -> new JobsCapacity(folder, System.out, megabytes).measure(count);
                default -> throw new IllegalArgumentException("archives, archives-s3 or jobs, not " + arguments[0]);
            });
        } finally {
            delete(folder);
        }
        problems.forEach(System.err::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    private static List<String> onS3(Path folder, int count) throws Exception {
        try (MemoryS3 s3 = MemoryS3.start()) {
            return new ArchivesCapacity(folder, System.out, s3).measure(count);
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
