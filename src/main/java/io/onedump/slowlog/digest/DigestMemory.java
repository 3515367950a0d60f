package io.onedump.slowlog.digest;

/**
 * How much memory a digest takes, whatever is in the logs and however many readers there are.
 *
 * @param classes bytes that the classes of one reader take before they leave the memory
 * @param listed  classes that the digest lists when they are in a file, so that they take a tenth of the heap
 * @param piece   bytes that a reader gets of a large file at a time
 */
record DigestMemory(long classes, int listed, int piece) {

    private static final double CLASSES = 0.15;
    private static final double LISTED = 0.1;
    private static final double PIECES = 0.125;
    private static final int LARGEST_PIECE = 8 << 20;
    private static final int SMALLEST_PIECE = 64 << 10;

    DigestMemory {
        if (classes <= 0 || listed <= 0 || piece <= 0) {
            throw new IllegalArgumentException("a digest needs memory");
        }
    }

    /** @param heap bytes that Java may take */
    static DigestMemory of(long heap, int readers) {
        long piece = (long) (heap * PIECES) / (readers + 2);
        return new DigestMemory((long) (heap * CLASSES) / readers,
                (int) Math.min(Integer.MAX_VALUE, (long) (heap * LISTED) / ClassSummary.FOOTPRINT_IN_FILE),
                (int) Math.max(SMALLEST_PIECE, Math.min(LARGEST_PIECE, piece)));
    }
}
