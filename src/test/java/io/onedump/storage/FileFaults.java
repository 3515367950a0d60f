package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.onedump.servers.Command;
import io.onedump.servers.SmallDisk;
import io.onedump.storage.file.FileStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A folder that fills up, is taken away, or is meddled with. Nothing of that cures itself: every put fails. */
class FileFaults extends FaultPlans {

    private static final long SIZE = 3L * CHUNK + 77;
    private static final int DISK_MEGABYTES = 64;
    private static final int MEGABYTE = 1 << 20;

    /** The storage is on a disk of its own where the one who tests may mount one. */
    @TempDir
    private static Path disk;
    private SmallDisk mounted;
    private Path root;
    private Path folder;
    private String expected;

    @BeforeAll
    void mount() {
        mounted = SmallDisk.mount(disk, DISK_MEGABYTES);
        root = disk.resolve("backups");
        folder = root.resolve("faults");
    }

    @AfterAll
    void unmount() {
        mounted.close();
    }

    @Override
    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (long bytes : List.of(0L, 1L, 100_000L, (long) CHUNK, SIZE - 1)) {
            plans.add(before("no file may have more than " + bytes + " bytes", "",
                    () -> limitFiles(String.valueOf(bytes))));
            if (mounted.isMounted()) {
                plans.add(before("disk full after " + bytes + " bytes", "no space left", () -> fill(bytes)));
            }
            meddling(bytes).forEach((name, action) -> plans.add(new Plan(name + " after " + bytes + " bytes", SIZE,
                    artifact -> new DisturbedArtifact(artifact, bytes, action), () -> expected = "")));
            plans.add(new Plan("source fails after " + bytes + " bytes", SIZE,
                    artifact -> new FaultyArtifact(artifact, bytes), () -> expected = FaultyArtifact.MESSAGE));
        }
        plans.add(before("folder may not be written to", mounted.isMounted()
                ? "Read-only"
                : "permission"
                        + " denied",
                this::forbid));
        plans.add(before("a file is where the folder should be", "is a file where a folder is needed",
                () -> Files.createFile(folder)));
        plans.add(before("the folder is a link to nowhere", "",
                () -> Files.createSymbolicLink(folder, disk.resolve("gone"))));
        plans.add(before("a folder has the artifact's name", "", () -> Files.createDirectories(
                folder.resolve("a folder has the artifact's name.bin/x"))));
        return plans;
    }

    /** What others may do to the folder while it is written to, when so many bytes are there. */
    private Map<String, Action> meddling(long bytes) {
        Map<String, Action> actions = new LinkedHashMap<>();
        actions.put("folder removed", () -> delete(folder));
        actions.put("storage removed", () -> delete(root));
        actions.put("folder moved away", () -> Files.move(folder, root.resolve("moved")));
        actions.put("temporary file removed", () -> Files.delete(temporary()));
        if (bytes > 0) {
            actions.put("temporary file cut short", () -> change(file -> file.setLength(0)));
        }
        actions.put("temporary file damaged", () -> change(file -> {
            file.seek(SIZE);
            file.write(1);
        }));
        actions.put("thread interrupted", () -> Thread.currentThread().interrupt());
        return actions;
    }

    private Plan before(String name, String message, Action action) {
        return new Plan(name, SIZE, () -> {
            expected = message;
            delete(folder);
            Files.createDirectories(root);
            action.run();
        });
    }

    private static void limitFiles(String bytes) {
        Command.of("prlimit", "--pid", String.valueOf(ProcessHandle.current().pid()), "--fsize=" + bytes + ":").run();
    }

    private void fill(long bytesLeft) throws IOException {
        try (RandomAccessFile filler = new RandomAccessFile(disk.resolve("filler").toFile(), "rw")) {
            byte[] block = new byte[MEGABYTE];
            for (long free = Files.getFileStore(disk).getUsableSpace() - bytesLeft; free > 0; free -= block.length) {
                filler.write(block, 0, (int) Math.min(block.length, free));
            }
        }
    }

    private void forbid() {
        if (mounted.isMounted()) {
            Command.of("mount", "-o", "remount,ro", disk.toString()).run();
        } else {
            assertThat(root.toFile().setWritable(false)).isTrue();
        }
    }

    private Path temporary() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> TemporaryName.matches(file.getFileName().toString())).findFirst().orElseThrow();
        }
    }

    private interface Change {
        void apply(RandomAccessFile file) throws IOException;
    }

    private void change(Change change) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(temporary().toFile(), "rw")) {
            change.apply(file);
        }
    }

    @Override
    Storage open() {
        return new FileStorage(root, Verify.AUTO);
    }

    @Override
    boolean happened() {
        return failure() != null && failure().getMessage().contains(expected);
    }

    @Override
    List<String> leftovers() throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }

    /** What the test itself has put there goes too; the rest is looked at. */
    @Override
    void heal() throws IOException {
        Thread.interrupted();
        limitFiles("unlimited");
        if (mounted.isMounted()) {
            Command.of("mount", "-o", "remount,rw", disk.toString()).run();
        } else {
            root.toFile().setWritable(true);
        }
        Files.deleteIfExists(disk.resolve("filler"));
        delete(root.resolve("moved"));
        if (!Files.isDirectory(folder)) {
            Files.deleteIfExists(folder);
        }
        Files.createDirectories(root);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
