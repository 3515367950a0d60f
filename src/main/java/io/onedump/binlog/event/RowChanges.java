package io.onedump.binlog.event;

/**
 * What a transaction did to a table's rows.
 *
 * @param exact whether these are all; else there are more, in events too long to be looked through
 */
public record RowChanges(long inserted, long updated, long deleted, boolean exact) {

    static final RowChanges NONE = new RowChanges(0, 0, 0, true);

    RowChanges plus(RowChanges other) {
        return new RowChanges(inserted + other.inserted, updated + other.updated, deleted + other.deleted,
                exact && other.exact);
    }

    /** {@code insert 3, delete 1}; with a plus sign where there are more. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, "insert", inserted);
        append(text, "update", updated);
        append(text, "delete", deleted);
        return text.toString();
    }

    private void append(StringBuilder text, String verb, long count) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : ", ").append(verb).append(' ').append(count).append(exact ? "" : "+");
        }
    }
}
