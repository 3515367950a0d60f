package io.onedump.restore.mysql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.ServerDisk;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreException;

/**
 * What is on the target before anything is written, and whether the plan can be done there.
 *
 * @param free bytes on its disk, where they can be known
 */
record TargetState(String version, List<String> present, List<String> notes, OptionalLong free) {

    private static final Set<DumpIndex.Kind> TABLES =
            Set.of(DumpIndex.Kind.TABLE, DumpIndex.Kind.VIEW, DumpIndex.Kind.SEQUENCE);

    /** @throws RestoreException when it cannot be done, saying what would help */
    static TargetState look(TargetSession target, NativePlan plan) throws IOException {
        DumpIndex.Origin origin = plan.file().index().origin();
        String version = target.session().serverVersion();
        String family = Flavour.ofVersion(version) == Flavour.MARIADB ? "mariadb" : "mysql";
        if (!family.equals(origin.family())) {
            throw new RestoreException("the dump is of " + origin.family() + " " + origin.server() + ", the target is "
                    + family + " " + version + ": native dumps go back to their own family only");
        }
        List<String> notes = new ArrayList<>();
        ProductVersion.find(version).ifPresent(now -> ProductVersion.find(origin.server()).ifPresent(then -> {
            if (!now.isAtLeast(then.major(), then.minor(), 0)) {
                notes.add("the target, " + version + ", is older than the server of the dump, " + origin.server()
                        + ": what it does not know it will refuse");
            }
        }));
        Row variables = Row.only(target.query("SELECT @@global.max_allowed_packet, @@global.event_scheduler,"
                + " @@global.read_only"));
        long packet = variables.number(0);
        if (packet < plan.longestStatement()) {
            throw new RestoreException("the target takes statements of at most " + packet + " bytes, and the dump has"
                    + " one of " + plan.longestStatement() + ": SET GLOBAL max_allowed_packet = 1073741824 there");
        }
        if ("1".equals(variables.get(2)) || "ON".equals(variables.get(2))) {
            notes.add("the target has read_only set: only accounts with the right to pass over it can restore");
        }
        if (plan.after().stream().anyMatch(part -> part.kind() == DumpIndex.Kind.EVENT)
                && "ON".equals(variables.get(1))) {
            notes.add("the target's event scheduler is on: the dump's events begin to run when all has come back");
        }
        new TargetRights(target, plan).check();
        OptionalLong free = ServerDisk.free(target.query(ServerDisk.QUESTION));
        if (free.isPresent() && free.getAsLong() < plan.bytes()) {
            notes.add(String.format("the target's disk has %,d bytes left, and the rows alone are about %,d: it will"
                    + " hardly do", free.getAsLong(), plan.bytes()));
        }
        return new TargetState(version, present(target, plan), notes, free);
    }

    /** Objects with names of those that come back. */
    private static List<String> present(TargetSession target, NativePlan plan) throws IOException {
        List<String> present = new ArrayList<>();
        for (Map.Entry<String, String> database : plan.targets().entrySet()) {
            Set<String> there = new HashSet<>();
            names(target, "SELECT table_name FROM information_schema.tables WHERE table_schema = ",
                    database.getValue(), there);
            Set<String> routines = new HashSet<>();
            names(target, "SELECT CONCAT(routine_type, ' ', routine_name) FROM information_schema.routines"
                    + " WHERE routine_schema = ", database.getValue(), routines);
            names(target, "SELECT CONCAT('EVENT ', event_name) FROM information_schema.events WHERE event_schema = ",
                    database.getValue(), routines);
            List<DumpIndex.Part> parts = new ArrayList<>(plan.before());
            parts.addAll(plan.after());
            for (DumpIndex.Part part : parts) {
                if (database.getKey().equals(part.database())) {
                    boolean is = TABLES.contains(part.kind())
                            ? there.contains(part.name())
                            : routines.contains(part.kind().name().replace('_', ' ') + " " + part.name());
                    if (is) {
                        present.add(database.getValue() + "." + part.name());
                    }
                }
            }
            if (!plan.choice().schema() || plan.file().index().parts().stream()
                    .noneMatch(part -> part.kind() == DumpIndex.Kind.TABLE)) {
                for (DumpIndex.Table table : plan.tables()) {
                    if (table.database().equals(database.getKey()) && !there.contains(table.name())) {
                        throw new RestoreException("there is no table " + database.getValue() + "." + table.name()
                                + " on the target for the rows: restore the schema too");
                    }
                    if (table.database().equals(database.getKey()) && !target.query("SELECT 1 FROM "
                            + Sql.name(database.getValue(), table.name()) + " LIMIT 1").isEmpty()) {
                        present.add("rows of " + database.getValue() + "." + table.name());
                    }
                }
            }
        }
        return present;
    }

    private static void names(TargetSession target, String query, String database, Set<String> names)
            throws IOException {
        for (Row row : target.query(query + Sql.text(database))) {
            names.add(row.get(0));
        }
    }
}
