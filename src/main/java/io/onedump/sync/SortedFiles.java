package io.onedump.sync;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

import io.onedump.artifact.PrivateFolder;

/**
 * Files in the order of the bytes of their paths, whatever the order in which they come and however many they are: what
 * does not fit into the memory is sorted piece by piece into scratch files, which are merged when they are read. Of two
 * with the same path the later counts. First all are added, by one thread at a time; then they are read, any number of
 * times.
 */
final class SortedFiles implements Closeable {

    /** Makes paths for scratch files; who gets one removes it. */
    interface Scratch {
        Path newFile(String name) throws IOException;
    }

    /** Bytes of what is kept in memory; a sync has five of these lists, and two grow at one time. */
    private static final long MEMORY = Math.min(24L << 20, Runtime.getRuntime().maxMemory() / 16);
    /** What an entry takes besides its bytes, about. */
    private static final int ENTRY = 24;
    private static final int BUFFER = 64 << 10;
    private static final int LENGTH = Integer.BYTES;

    private final Scratch scratch;
    private final String name;
    private final long memory;
    private final List<Path> runs = new ArrayList<>();
    private List<byte[]> entries = new ArrayList<>();
    private long bytes;
    private boolean sorted;
    private long count;

    SortedFiles(Scratch scratch, String name) {
        this(scratch, name, MEMORY);
    }

    SortedFiles(Scratch scratch, String name, long memory) {
        this.scratch = scratch;
        this.name = name;
        this.memory = memory;
    }

    /** @param value what is kept of the file, from its position to its limit */
    void add(String path, ByteBuffer value) throws IOException {
        byte[] key = path.getBytes(StandardCharsets.UTF_8);
        byte[] entry = new byte[LENGTH + key.length + value.remaining()];
        ByteBuffer.wrap(entry).putInt(key.length).put(key).put(value);
        entries.add(entry);
        count++;
        bytes += entry.length + ENTRY;
        if (bytes > memory) {
            spill();
        }
    }

    /** How many were added. */
    long count() {
        return count;
    }

    /** From the first; closed after use. */
    Cursor cursor() throws IOException {
        if (!sorted) {
            sorted = true;
            if (runs.isEmpty()) {
                entries.sort(SortedFiles::compare);
            } else {
                spill();
            }
        }
        return new Cursor();
    }

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
        runs.clear();
        entries = new ArrayList<>();
    }

    /** Compares paths as {@link #add} sorts them, which is the order of SQLite and of S3 too. */
    static int comparePaths(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, LENGTH, keyEnd(one), other, LENGTH, keyEnd(other));
    }

    private static int keyEnd(byte[] entry) {
        return LENGTH + ByteBuffer.wrap(entry).getInt();
    }

    private void spill() throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        entries.sort(SortedFiles::compare);
        Path run = scratch.newFile(name);
        runs.add(run);
        try (OutputStream file = Channels.newOutputStream(FileChannel.open(run,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.ownFile()));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file, BUFFER))) {
            for (byte[] entry : entries) {
                out.writeInt(entry.length);
                out.write(entry);
            }
        }
        entries = new ArrayList<>();
        bytes = 0;
    }

    /** One of the sorted pieces that are merged. */
    private static final class Run implements Comparable<Run>, Closeable {

        private final int number;
        private final DataInputStream in;
        private byte[] entry;

        Run(int number, Path file) throws IOException {
            this.number = number;
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        }

        /** @return false when there is none any more */
        boolean next() throws IOException {
            try {
                entry = new byte[in.readInt()];
            } catch (EOFException e) {
                return false;
            }
            in.readFully(entry);
            return true;
        }

        @Override
        public int compareTo(Run other) {
            int order = compare(entry, other.entry);
            return order != 0 ? order : Integer.compare(number, other.number);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Goes through the files. */
    final class Cursor implements Closeable {

        private final PriorityQueue<Run> waiting = new PriorityQueue<>();
        private final List<Run> all = new ArrayList<>();
        private int index;
        private byte[] following;
        private byte[] entry;

        private Cursor() throws IOException {
            for (Path file : runs) {
                Run run = new Run(all.size(), file);
                all.add(run);
                if (run.next()) {
                    waiting.add(run);
                }
            }
            following = pull();
        }

        /** @return false after the last */
        boolean next() throws IOException {
            entry = following;
            if (entry == null) {
                return false;
            }
            following = pull();
            while (following != null && compare(entry, following) == 0) {
                entry = following;
                following = pull();
            }
            return true;
        }

        String path() {
            return new String(entry, LENGTH, keyEnd(entry) - LENGTH, StandardCharsets.UTF_8);
        }

        ByteBuffer value() {
            int from = keyEnd(entry);
            return ByteBuffer.wrap(entry, from, entry.length - from);
        }

        int compareTo(Cursor other) {
            return compare(entry, other.entry);
        }

        private byte[] pull() throws IOException {
            if (runs.isEmpty()) {
                return index < entries.size() ? entries.get(index++) : null;
            }
            Run first = waiting.poll();
            if (first == null) {
                return null;
            }
            byte[] pulled = first.entry;
            if (first.next()) {
                waiting.add(first);
            }
            return pulled;
        }

        @Override
        public void close() throws IOException {
            for (Run run : all) {
                run.close();
            }
        }
    }
}
