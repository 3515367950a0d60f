package io.onedump.slowlog.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The classes of a digest by their fingerprints. Its memory is bounded: when the classes take more than the budget,
 * those with the most query time stay and the others are added up together. What is added up is exact in the totals; a
 * class that comes again later says how many events it may miss.
 */
final class ClassTable {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Of the golden ratio: spreads every bit over the upper half. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int FEWEST = 1024;
    private static final int CHECK_EVERY = 1 << 16;
    /** Bytes that a new class takes, about, without its fingerprint and sample. */
    private static final int NEW_CLASS = 2_000;

    private final long budget;
    private ClassStats[] slots = new ClassStats[FEWEST];
    /** The hash of the class in each slot: most classes that are not wanted need not be looked at. */
    private long[] hashes = new long[FEWEST];
    private int used;
    private final ClassStats other = new ClassStats(new byte[0], 0);
    private long largestDropped;
    private int events;
    private long newBytes;

    ClassTable(long budget) {
        this.budget = budget;
    }

    /** The class of a fingerprint, new when there is none. */
    ClassStats get(byte[] fingerprint, int length) {
        long hash = hash(fingerprint, length);
        ClassStats found = find(fingerprint, length, hash);
        if (found != null) {
            return found;
        }
        ClassStats created = new ClassStats(Arrays.copyOf(fingerprint, length), hash);
        created.mayMiss(largestDropped);
        newBytes += length + NEW_CLASS;
        insert(created);
        return created;
    }

    /**
     * Keeps within the budget. To be called after every event.
     *
     * @param dropping is told of each class before it is added to {@link #other()}
     */
    void trim(int sampleBytes, Consumer<ClassStats> dropping) {
        newBytes += sampleBytes;
        if (++events < CHECK_EVERY && newBytes < budget / 8) {
            return;
        }
        events = 0;
        newBytes = 0;
        if (footprint() > budget) {
            drop(dropping);
        }
    }

    private long footprint() {
        long bytes = 0;
        for (ClassStats slot : slots) {
            bytes += slot == null ? 16 : slot.footprint();
        }
        return bytes;
    }

    private void drop(Consumer<ClassStats> dropping) {
        List<ClassStats> classes = new ArrayList<>(classes());
        classes.sort(Comparator.comparingLong(ClassStats::totalMicros).thenComparingLong(c -> c.count()).reversed());
        slots = new ClassStats[FEWEST];
        hashes = new long[FEWEST];
        used = 0;
        long bytes = 0;
        for (ClassStats c : classes) {
            bytes += c.footprint();
            if (bytes < budget / 2) {
                insert(c);
            } else {
                largestDropped = Math.max(largestDropped, c.count());
                dropping.accept(c);
                other.merge(c);
            }
        }
    }

    /** Takes in the classes of another table. */
    void merge(ClassTable table) {
        for (ClassStats c : table.slots) {
            if (c != null) {
                ClassStats mine = find(c.fingerprint, c.fingerprint.length, c.hash);
                if (mine == null) {
                    insert(c);
                } else {
                    mine.merge(c);
                }
            }
        }
        other.merge(table.other);
    }

    Collection<ClassStats> classes() {
        return Arrays.stream(slots).filter(c -> c != null).toList();
    }

    /** Everything that is in no class any more. */
    ClassStats other() {
        return other;
    }

    private ClassStats find(byte[] fingerprint, int length, long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != null) {
            if (hashes[slot] == hash && Arrays.equals(slots[slot].fingerprint, 0, slots[slot].fingerprint.length,
                    fingerprint, 0, length)) {
                return slots[slot];
            }
            slot = slot + 1 & mask;
        }
        return null;
    }

    private void insert(ClassStats c) {
        if (++used * 2 > slots.length) {
            ClassStats[] oldSlots = slots;
            long[] oldHashes = hashes;
            slots = new ClassStats[oldSlots.length * 2];
            hashes = new long[slots.length];
            for (int i = 0; i < oldSlots.length; i++) {
                if (oldSlots[i] != null) {
                    place(oldSlots[i], oldHashes[i]);
                }
            }
        }
        place(c, c.hash);
    }

    private void place(ClassStats c, long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = c;
        hashes[slot] = hash;
    }

    private static long hash(byte[] bytes, int length) {
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = (Long.rotateLeft(hash, 5) ^ (long) WORDS.get(bytes, i)) * MULTIPLIER;
        }
        for (; i < length; i++) {
            hash = (Long.rotateLeft(hash, 5) ^ bytes[i]) * MULTIPLIER;
        }
        return hash ^ hash >>> 32;
    }
}
