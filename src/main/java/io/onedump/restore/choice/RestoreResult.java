package io.onedump.restore.choice;

import java.util.List;

/**
 * What came of a restore.
 *
 * @param counted   whether the dump says what it has; else tables and rows are 0
 * @param tables    how many
 * @param rows      that the dump has of them
 * @param compared  how many tables were read back and compared; 0 when that was not asked for
 * @param different those that are not as they were dumped, each with what differs
 * @param warnings  what is no failure, but that somebody should know
 */
public record RestoreResult(boolean counted, int tables, long rows, int compared, List<String> different,
        List<String> warnings) {

    public RestoreResult {
        different = List.copyOf(different);
        warnings = List.copyOf(warnings);
    }

    /** Of a dump that says what it has. */
    public RestoreResult(int tables, long rows, int compared, List<String> different, List<String> warnings) {
        this(true, tables, rows, compared, different, warnings);
    }

    /** Of a dump that only its tool understands. */
    public static RestoreResult ofWhole(List<String> warnings) {
        return new RestoreResult(false, 0, 0, 0, List.of(), warnings);
    }

    /** For people. */
    public String inWords() {
        if (!counted) {
            return "as a whole, not compared";
        }
        String what = tables + (tables == 1 ? " table, " : " tables, ") + String.format("%,d", rows)
                + (rows == 1 ? " row" : " rows");
        if (compared == 0) {
            return what + ", not compared";
        }
        return what + (different.isEmpty() ? ", all equal" : ", " + different.size() + " not as they were dumped");
    }
}
