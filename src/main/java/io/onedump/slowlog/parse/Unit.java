package io.onedump.slowlog.parse;

/** How a value of a log counts in a digest, and the unit that its name has there. */
public enum Unit {

    SECONDS("_seconds", 1_000_000),
    MILLISECONDS("_milliseconds", 1_000_000),
    BYTES("_bytes", 1),
    COUNT("", 1),
    /** A name, an id, a time: nothing to add up. */
    LABEL("", 1);

    private final String suffix;
    private final int scale;

    Unit(String suffix, int scale) {
        this.suffix = suffix;
        this.scale = scale;
    }

    /** What a metric's name ends with in a digest. */
    public String suffix() {
        return suffix;
    }

    /** What the whole numbers that are added up have to be divided by. */
    public int scale() {
        return scale;
    }
}
