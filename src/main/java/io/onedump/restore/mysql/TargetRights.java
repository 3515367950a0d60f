package io.onedump.restore.mysql;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.database.mysql.Grants;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreException;

/** Whether the target's account may do what the plan does, as far as SHOW GRANTS tells. */
record TargetRights(TargetSession target, NativePlan plan) {

    private static final List<String> OF_ROUTINES = List.of("CREATE ROUTINE", "ALTER ROUTINE");
    private static final Map<DumpIndex.Kind, List<String>> NEEDED = Map.of(
            DumpIndex.Kind.TABLE, List.of("ALTER", "INDEX", "REFERENCES"), DumpIndex.Kind.TRIGGER, List.of("TRIGGER"),
            DumpIndex.Kind.VIEW, List.of("CREATE VIEW"), DumpIndex.Kind.EVENT, List.of("EVENT"),
            DumpIndex.Kind.PACKAGE, OF_ROUTINES, DumpIndex.Kind.PACKAGE_BODY, OF_ROUTINES,
            DumpIndex.Kind.FUNCTION, OF_ROUTINES, DumpIndex.Kind.PROCEDURE, OF_ROUTINES);

    /** @throws RestoreException when it may not, naming what it lacks */
    void check() throws IOException {
        Grants grants = new Grants(target.query("SHOW GRANTS").stream().map(row -> row.get(0)).toList());
        if (grants.isUnclear()) {
            // A role, or a part that was taken back: the server will say.
            return;
        }
        for (Map.Entry<String, String> database : plan.targets().entrySet()) {
            List<String> missing = grants.missing(needed(database.getKey()), database.getValue());
            if (!missing.isEmpty()) {
                throw new RestoreException("the target's account may not do what this restore does, nothing was"
                        + " changed: GRANT " + String.join(", ", missing) + " ON " + Sql.name(database.getValue())
                        + ".* to it");
            }
        }
    }

    /** The journal of a restore is a table too. */
    private Set<String> needed(String database) {
        Set<String> needed = new LinkedHashSet<>(List.of("SELECT", "INSERT", "DELETE", "CREATE", "DROP"));
        if (!plan.choice().schema()) {
            return needed;
        }
        for (List<DumpIndex.Part> parts : List.of(plan.before(), plan.after())) {
            for (DumpIndex.Part part : parts) {
                if (database.equals(part.database())) {
                    needed.addAll(of(part.kind()));
                }
            }
        }
        return needed;
    }

    private static List<String> of(DumpIndex.Kind kind) {
        return NEEDED.getOrDefault(kind, List.of());
    }
}
