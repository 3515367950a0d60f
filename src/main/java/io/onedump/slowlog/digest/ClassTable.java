package io.onedump.slowlog.digest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The classes of one reader by their fingerprints, and how much memory they take. */
final class ClassTable {

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Of the golden ratio: spreads every bit over the upper half. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int FEWEST = 1024;

    private ClassStats[] slots = new ClassStats[FEWEST];
    /** The hash of the class in each slot: most classes that are not wanted need not be looked at. */
    private long[] hashes = new long[FEWEST];
    private int used;
    private long footprint;

    /** The class of a fingerprint, new when there is none. */
    ClassStats get(byte[] fingerprint, int length) {
        long hash = hash(fingerprint, length);
        ClassStats found = find(fingerprint, length, hash);
        if (found != null) {
            return found;
        }
        ClassStats created = new ClassStats(Arrays.copyOf(fingerprint, length), hash);
        footprint += created.footprint();
        insert(created);
        return created;
    }

    /** Says by how many bytes a class of this table has grown. */
    void grew(int bytes) {
        footprint += bytes;
    }

    /** About how many bytes of memory the classes take. */
    long footprint() {
        return footprint;
    }

    /** Empties the table. */
    List<ClassStats> takeAll() {
        List<ClassStats> all = Arrays.stream(slots).filter(Objects::nonNull).sorted(ClassStats.BY_FINGERPRINT).toList();
        slots = new ClassStats[FEWEST];
        hashes = new long[FEWEST];
        used = 0;
        footprint = 0;
        return all;
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
            footprint += oldSlots.length * 12L;
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
