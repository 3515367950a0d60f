package io.onedump.restore.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreChoice;

/**
 * References by which rows of a table change together with rows of another. The server does that by itself and logs the
 * other table's change only, so that a log cannot be applied to the one without the other.
 */
public final class Cascades {

    private static final Pattern CASCADE = Pattern.compile("(?m)^.*FOREIGN KEY .* REFERENCES (?:`((?:[^`]|``)+)`\\.)?"
            + "`((?:[^`]|``)+)` \\(.*\\).* ON (?:DELETE|UPDATE) (?:CASCADE|SET (?:NULL|DEFAULT)).*$");

    private Cascades() {
    }

    /** Those from a chosen table to one that is not; {@code database.table} of both in words. */
    public static List<String> outOf(DumpFile file, RestoreChoice choice) throws IOException {
        List<String> found = new ArrayList<>();
        for (DumpIndex.Part part : file.index().parts()) {
            if (part.kind() != DumpIndex.Kind.TABLE || !choice.takesTable(part.database(), part.name())) {
                continue;
            }
            try (InputStream sql = file.sql(file.frame(part.frame()))) {
                Matcher cascade = CASCADE.matcher(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
                while (cascade.find()) {
                    String database = cascade.group(1) == null ? part.database() : name(cascade.group(1));
                    String table = name(cascade.group(2));
                    if (!choice.takesTable(database, table)) {
                        found.add(part.database() + "." + part.name() + " changes with " + database + "." + table);
                    }
                }
            }
        }
        return found;
    }

    private static String name(String quoted) {
        return quoted.replace("``", "`");
    }
}
