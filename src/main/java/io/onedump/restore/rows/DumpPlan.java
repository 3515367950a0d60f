package io.onedump.restore.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.ShortList;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;

/** What of a dump comes back, as far as that is the same whatever the database is. */
public abstract class DumpPlan {

    private static final int SHOWN = 5;

    private final DumpFile file;
    private final RestoreChoice choice;
    private final List<DumpIndex.Table> chosen = new ArrayList<>();

    protected DumpPlan(DumpFile file, RestoreChoice choice) {
        this.file = file;
        this.choice = choice;
    }

    /** A table of the choice. */
    protected final void add(DumpIndex.Table table) {
        chosen.add(table);
    }

    /** The first part: settings without which no other can be loaded. */
    protected final byte[] firstPart() throws IOException {
        return sql(file.index().parts().stream().filter(part -> part.kind() == DumpIndex.Kind.HEAD).findFirst()
                .orElseThrow(() -> new RestoreException("the dump has no head: it cannot be loaded")));
    }

    /** The SQL of a part's frame. */
    public final byte[] sql(DumpIndex.Part part) throws IOException {
        try (InputStream sql = file.sql(file.frame(part.frame()))) {
            return sql.readAllBytes();
        }
    }

    public final DumpFile file() {
        return file;
    }

    public final RestoreChoice choice() {
        return choice;
    }

    /** Those whose rows are loaded. */
    public final List<DumpIndex.Table> tables() {
        return choice.data() ? chosen : List.of();
    }

    /** With those that come back without rows. */
    public final int tableCount() {
        return chosen.size();
    }

    /** In their rows. */
    public final long rows() {
        return tables().stream().mapToLong(DumpIndex.Table::rows).sum();
    }

    /** Of SQL with rows. */
    public final long bytes() {
        return tables().stream().mapToLong(file::bytes).sum();
    }

    /** The same for the same parts of the same dump. */
    protected final String identity(String words) {
        return "onedump " + file.identity() + " " + Integer.toHexString(words.hashCode());
    }

    /** The dump in a line for people. */
    public final String origin() {
        DumpIndex.Origin origin = file.index().origin();
        return "dump      of " + origin.family() + " " + origin.server() + ", taken " + origin.started()
                + (origin.position() == null ? "" : ", at " + origin.position())
                + (origin.gtid() == null || origin.gtid().isEmpty() ? "" : ", GTID " + origin.gtid());
    }

    /** How much it is, in a line for people. */
    public final String size() {
        return String.format("tables    %d, %,d rows, %,d bytes of SQL, %,d to read", tableCount(), rows(), bytes(),
                tables().stream().mapToLong(file::storedBytes).sum());
    }

    /** What comes back beside tables, in a line for people. */
    public static String others(List<String> others) {
        return "others    " + (others.isEmpty() ? "none" : ShortList.of(others, SHOWN));
    }

    /**
     * What is there already, in a line for people.
     *
     * @param goesOn with a restore that broke off
     */
    public final String present(List<String> present, boolean goesOn) {
        return "present   " + (goesOn
                ? "a restore of this that broke off: it goes on"
                : present.isEmpty()
                        ? "nothing of these names"
                        : ShortList.of(present, SHOWN) + (choice.replace()
                                ? ", to be replaced"
                                : ": it is refused without --replace"));
    }
}
