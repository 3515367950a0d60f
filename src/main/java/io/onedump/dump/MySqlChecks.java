package io.onedump.dump;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.onedump.artifact.ShortList;
import io.onedump.database.client.ClientProgram;

/**
 * Looks whether what a tool will write of a server comes back: what cannot is refused, what comes back in part is told,
 * each with the way out.
 *
 * @param tell for what is no reason to refuse
 */
record MySqlChecks(DumpRequest request, DumpScope scope, ClientProgram tool, MySqlServer server,
        Consumer<String> tell) {

    private static final int NAMED = 5;
    private static final String NATIVE = "take the dumper mysql-native, which needs no program, or ";
    private static final String MYSQL_TOOL = "install MySQL's own mysqldump and name it with the option executable";

    /** Where nobody could be asked. */
    void refuseTheUnknown() throws DumpException {
        if (!server.mariaDb() && tool.mariaDb()) {
            throw refused(tool.executable() + " is MariaDB's, the server is MySQL's, and nobody could be asked whether"
                    + " there are generated columns, with which the dump could not be restored; " + MYSQL_TOOL
                    + ", or dump with an account that caching_sha2_password or mysql_native_password proves");
        }
    }

    /** @return options for the tool that some of it needs */
    List<String> run(MySqlHazards hazards) throws DumpException {
        refuseTheWrongFamily(hazards);
        if (!hazards.brokenViews().isEmpty()) {
            String first = hazards.brokenViews().keySet().iterator().next();
            throw refused("views that cannot be read end the tool: " + names(hazards.brokenViews().keySet()) + " ("
                    + hazards.brokenViews().get(first) + "); mend or drop them, or leave each out with options:"
                    + " --ignore-table=" + first);
        }
        if (!hazards.orphanedViews().isEmpty()) {
            tell("the definer of these views does not exist: " + names(hazards.orphanedViews())
                    + "; they come back only into a database of the same name and cannot be read there either until"
                    + " that account is created (docs/restore.md)");
        }
        if (!hazards.floats().isEmpty()) {
            tell("FLOAT columns lose digits: the server prints six of them, and the tool writes what it prints: "
                    + names(hazards.floats()) + "; DOUBLE and DECIMAL keep all (docs/dump.md)");
        }
        List<String> flags = new ArrayList<>();
        sequences(hazards.sequenceDefaults(), flags);
        history(hazards, flags);
        return flags;
    }

    private void refuseTheWrongFamily(MySqlHazards hazards) throws DumpException {
        if (tool.mariaDb() && !server.mariaDb() && scope.whole() && server.version().isAtLeast(8, 0, 0)) {
            throw refused(tool.executable() + " is MariaDB's, and its dump of a whole MySQL server cannot be restored:"
                    + " it has values for generated columns of the database mysql (error 3105), and accounts of"
                    + " another kind; " + NATIVE + MYSQL_TOOL
                    + ", or dump one database after the other by naming it in the DSN");
        }
        if (tool.mariaDb() && !hazards.generated().isEmpty()) {
            throw refused(tool.executable() + " is MariaDB's, and its dumps of MySQL tables with generated columns ("
                    + names(hazards.generated()) + ") cannot be restored; " + NATIVE + MYSQL_TOOL);
        }
        if (!tool.mariaDb() && !hazards.sequences().isEmpty()) {
            throw refused(tool.executable() + " is MySQL's and knows no sequences (" + names(hazards.sequences())
                    + "); install MariaDB's own mariadb-dump and name it with the option executable");
        }
    }

    private void sequences(SequenceDefaults defaults, List<String> flags) throws DumpException {
        if (defaults.tables().isEmpty()) {
            return;
        }
        if (!defaults.early().isEmpty()) {
            throw refused("tables take a default from a sequence of a database that the tool writes after theirs, so"
                    + " that the dump would not load (error 1146): " + names(defaults.early()) + "; dump the sequences'"
                    + " databases (" + names(defaults.wanted()) + ") before the others, with options: --databases and"
                    + " all names in that order, or each database by itself (docs/restore.md)");
        }
        // The tool locks the table that it loads, and not the sequence that the default reads (error 1100).
        flags.add("--skip-add-locks");
        if (!defaults.foreign().isEmpty()) {
            tell("tables take a default from a sequence of another database, which is not in this dump: "
                    + names(defaults.foreign()) + "; restore " + names(defaults.wanted()) + " before it"
                    + " (docs/restore.md)");
        } else if (scope.database() != null) {
            tell("columns that take their default from a sequence name its database: "
                    + names(defaults.tables()) + "; restore into a database of the same name"
                    + " (docs/restore.md)");
        }
    }

    /** Since MariaDB 10.11, for both ends: an older one cannot load it. */
    private void history(MySqlHazards hazards, List<String> flags) {
        if (hazards.versioned().isEmpty()) {
            return;
        }
        boolean able = tool.mariaDb() && tool.version().isAtLeast(10, 11, 0) && server.version().isAtLeast(10, 11, 0);
        if (able && hazards.transactional().isEmpty()) {
            flags.add("--dump-history");
            return;
        }
        tell("only the present rows of system-versioned tables are dumped, not their history: "
                + names(hazards.versioned()) + "; " + (able
                        ? "no tool dumps the transaction-precise history of " + names(hazards.transactional())
                                + "; leave these out with --ignore-table to have the others' history"
                        : "it takes mariadb-dump and a server from MariaDB 10.11 on"));
    }

    private void tell(String what) {
        tell.accept(request.subject() + ": " + what);
    }

    private DumpException refused(String why) {
        return new DumpException(request.subject() + ": " + why);
    }

    private static String names(Collection<String> all) {
        return ShortList.of(all, NAMED);
    }
}
