package io.onedump.slowlog.digest;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.scale.ScaleAxis;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.EventFilter;

/**
 * Classes in a slow log, five events of each, which come one after the other as from one application. The memory is
 * that of 64 MB of heap, so that classes leave it at every size; while they need not, an event costs half as much.
 */
public final class SlowClassesAxis implements ScaleAxis {

    private static final int EVENTS = 5;
    private static final int READERS = 2;
    private static final DigestMemory MEMORY = DigestMemory.of(64 << 20, READERS);

    @Override
    public String what() {
        return "slow: classes";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(10_000, 100_000, 1_000_000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        Path log = folder.resolve("slow.log");
        try (BufferedWriter out = Files.newBufferedWriter(log)) {
            for (int i = 0; i < EVENTS * size; i++) {
                out.write("# Time: 2026-11-23T03:53:13.675091Z\n# User@Host: a[a] @ localhost []  Id: 1\n"
                        + "# Query_time: 0.1  Lock_time: 0.0 Rows_sent: 0  Rows_examined: 0\n"
                        + "SET timestamp=1795405993;\nSELECT * FROM t_" + letters(i % size) + ";\n");
            }
        }
        long nanos = ScaleAxis.processorNanos(() -> {
            LogDigester digester = new LogDigester(Threads.daemons(), EventFilter.ALL, READERS, Scratch.below(folder),
                    null, MEMORY);
            try (LogDigest digest = digester.digest(List.of(LogInput.file(log)))) {
                if (digest.classCount() != size) {
                    throw new IllegalStateException(digest.classCount() + " classes");
                }
            }
        });
        return new Cost(nanos, 0, 0);
    }

    /** Digits in a name would be taken for a number, and all such tables for one. */
    private static String letters(int number) {
        StringBuilder letters = new StringBuilder();
        for (char digit : String.valueOf(number).toCharArray()) {
            letters.append((char) (digit - '0' + 'a'));
        }
        return letters.toString();
    }
}
