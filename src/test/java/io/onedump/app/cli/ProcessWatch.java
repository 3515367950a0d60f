package io.onedump.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the process list, again and again, as any user of the machine could: the arguments of every process, and, as
 * their own user could, the environments of those processes whose arguments name a folder.
 */
final class ProcessWatch implements AutoCloseable {

    private static final Path PROC = Path.of("/proc");

    private final Path folder;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private ProcessWatch(Path folder) {
        this.folder = folder;
        timer.scheduleWithFixedDelay(this::look, 0, 20, TimeUnit.MILLISECONDS);
    }

    /** @param folder processes with this in their arguments have their environments read */
    static ProcessWatch start(Path folder) {
        return new ProcessWatch(folder);
    }

    /** Every text that was seen. */
    Set<String> seen() {
        return Set.copyOf(seen);
    }

    /** The arguments of all processes that run right now. */
    static Set<String> now() {
        Set<String> arguments = new HashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            processes.forEach(process -> arguments.add(read(process.resolve("cmdline"))));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the process list", e);
        }
        return arguments;
    }

    private void look() {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                String arguments = read(process.resolve("cmdline"));
                if (seen.add(arguments) && arguments.contains(folder.toString())) {
                    seen.add(read(process.resolve("environ")));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the process list", e);
        }
    }

    /** Empty for a process that has ended meanwhile. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
