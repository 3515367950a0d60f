package io.onedump.slowlog.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Numbers for the names that a log repeats on every event: header values, users, hosts, databases. A known name costs a
 * hash and a comparison of bytes. The numbers are those of a {@link Registry} that the readers of one log share; each
 * reader has its own {@code Names} in front of it, so that they need no lock.
 */
public final class Names {

    /**
     * The numbers that all readers of a log agree on. When there are more names than the limit, those with the smallest
     * hashes are kept: which ones these are does not depend on the order in which readers come upon them, and a name
     * that is kept at the end was kept from its first event on.
     */
    public static final class Registry {

        private final int limit;
        private final Predicate<String> always;
        private final Map<String, Integer> ids = new HashMap<>();
        private final List<String> names = new ArrayList<>();
        private final PriorityQueue<String> largest = new PriorityQueue<>(
                Comparator.comparingInt((String name) -> spread(name.hashCode())).thenComparing(name -> name)
                        .reversed());

        /** @param limit how many names get a number; a damaged log must not fill the memory with names */
        public Registry(int limit) {
            this(limit, name -> false);
        }

        /** @param always names that get a number beyond the limit too; there must not be many */
        public Registry(int limit, Predicate<String> always, String... known) {
            this.limit = limit;
            this.always = always;
            for (String name : known) {
                add(name);
            }
        }

        synchronized int idOf(String name) {
            Integer id = ids.get(name);
            if (id != null) {
                return id;
            }
            if (always.test(name)) {
                return add(name);
            }
            largest.add(name);
            if (largest.size() > limit) {
                String out = largest.remove();
                if (out.equals(name)) {
                    return OTHER;
                }
                names.set(ids.remove(out), null);
            }
            return add(name);
        }

        private int add(String name) {
            int id = names.size();
            names.add(name);
            ids.put(name, id);
            return id;
        }

        /** Whether the number still stands for a name of its own. */
        public synchronized boolean isKept(int id) {
            return id != OTHER && names.get(id) != null;
        }

        public synchronized String name(int id) {
            return isKept(id) ? names.get(id) : "(other)";
        }
    }

    /** The number of every name beyond the registry's limit. */
    public static final int OTHER = -1;

    private final Registry registry;
    private byte[][] keys = new byte[64][];
    private int[] hashes = new int[64];
    private int[] ids = new int[64];
    private int used;

    public Names(Registry registry) {
        this.registry = registry;
    }

    public Registry registry() {
        return registry;
    }

    public int idOf(byte[] buf, int from, int to) {
        return idOf(buf, from, to, hash(buf, from, to));
    }

    public static int hash(byte[] buf, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + buf[i];
        }
        return hash;
    }

    /** @param hash as of {@link #hash} */
    public int idOf(byte[] buf, int from, int to, int hash) {
        int mask = keys.length - 1;
        int slot = spread(hash) & mask;
        while (keys[slot] != null) {
            if (hashes[slot] == hash && keys[slot].length == to - from && Ascii.startsWith(buf, from, to, keys[slot])) {
                return ids[slot];
            }
            slot = slot + 1 & mask;
        }
        int id = registry.idOf(LogText.text(buf, from, to));
        if (id != OTHER) {
            remember(Arrays.copyOfRange(buf, from, to), hash, id);
        }
        return id;
    }

    private void remember(byte[] key, int hash, int id) {
        if (++used * 2 > keys.length) {
            byte[][] oldKeys = keys;
            int[] oldHashes = hashes;
            int[] oldIds = ids;
            keys = new byte[oldKeys.length * 2][];
            hashes = new int[keys.length];
            ids = new int[keys.length];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != null) {
                    place(oldKeys[i], oldHashes[i], oldIds[i]);
                }
            }
        }
        place(key, hash, id);
    }

    private void place(byte[] key, int hash, int id) {
        int mask = keys.length - 1;
        int slot = spread(hash) & mask;
        while (keys[slot] != null) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        hashes[slot] = hash;
        ids[slot] = id;
    }

    private static int spread(int hash) {
        return (hash ^ hash >>> 15) * 0x2c1b3c6d >>> 4;
    }
}
