package io.onedump.sync;

/**
 * Whether a path was seen, in a few bytes each: of every path a hash of 64 bits is kept, so that two of a hundred
 * million are taken for the same once in thousands of such lists.
 */
public final class PathHashes {

    private long[] slots = new long[1024];
    private int count;

    /** @return whether it is new */
    public boolean add(String path) {
        if (2 * count >= slots.length) {
            grow();
        }
        boolean isNew = put(slots, hash(path));
        count += isNew ? 1 : 0;
        return isNew;
    }

    public boolean contains(String path) {
        long hash = hash(path);
        for (int i = slot(slots, hash);; i = i + 1 & slots.length - 1) {
            if (slots[i] == hash || slots[i] == 0) {
                return slots[i] != 0;
            }
        }
    }

    private void grow() {
        long[] more = new long[2 * slots.length];
        for (long hash : slots) {
            if (hash != 0) {
                put(more, hash);
            }
        }
        slots = more;
    }

    private static boolean put(long[] slots, long hash) {
        int i = slot(slots, hash);
        while (slots[i] != 0) {
            if (slots[i] == hash) {
                return false;
            }
            i = i + 1 & slots.length - 1;
        }
        slots[i] = hash;
        return true;
    }

    private static int slot(long[] slots, long hash) {
        return (int) (hash >>> 32) & slots.length - 1;
    }

    /** Never 0, which stands for none. */
    private static long hash(String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
