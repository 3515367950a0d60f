package io.onedump.database;

/** How many connections work at the same time. */
public final class Connections {

    private static final int MOST_BY_DEFAULT = 4;
    private static final int MOST = 64;

    private Connections() {
    }

    /**
     * As many as are wanted; where that is null one for each processor, at most 4.
     *
     * @throws IllegalArgumentException unless it is between 1 and 64
     */
    public static int of(Integer wanted) {
        if (wanted == null) {
            return Math.min(Runtime.getRuntime().availableProcessors(), MOST_BY_DEFAULT);
        }
        if (wanted < 1 || wanted > MOST) {
            throw new IllegalArgumentException("it must be between 1 and " + MOST + ": " + wanted);
        }
        return wanted;
    }
}
