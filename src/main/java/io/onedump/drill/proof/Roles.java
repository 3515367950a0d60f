package io.onedump.drill.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;

/** The roles that a dump of one PostgreSQL database names and does not make, since they are the whole server's. */
public final class Roles {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[\\w$]+)";
    private static final Pattern ONE =
            Pattern.compile("(?m)(?:OWNER TO|AUTHORIZATION|FOR ROLE|FOR USER|^CREATE USER MAPPING.*? FOR) " + NAME);
    private static final Pattern SEVERAL = Pattern.compile("(?m)^(?:ALTER DEFAULT PRIVILEGES.* )?(?:GRANT|REVOKE)\\b"
            + ".* (?:TO|FROM) (" + NAME + "(?:, ?" + NAME + ")*)(?: WITH .*| CASCADE)?;$");
    private static final Pattern OF_POLICY =
            Pattern.compile("(?m)^CREATE POLICY .*? TO (" + NAME + "(?:, ?" + NAME + ")*)");
    private static final Pattern EACH = Pattern.compile(NAME);
    private static final Set<String> NONE = Set.of("PUBLIC", "CURRENT_USER", "SESSION_USER", "CURRENT_ROLE", "public");

    private Roles() {
    }

    /** Their names. */
    public static Set<String> of(DumpFile file) throws IOException {
        Set<String> names = new TreeSet<>();
        for (DumpIndex.Part part : file.index().parts()) {
            try (InputStream sql = file.sql(file.frame(part.frame()))) {
                add(names, new String(sql.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    static void add(Set<String> names, String sql) {
        for (Pattern pattern : new Pattern[] {ONE, SEVERAL, OF_POLICY}) {
            Matcher matcher = pattern.matcher(sql);
            while (matcher.find()) {
                Matcher each = EACH.matcher(matcher.group(1));
                while (each.find()) {
                    String word = each.group();
                    if (!NONE.contains(word)) {
                        names.add(word.startsWith("\"")
                                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                                : word);
                    }
                }
            }
        }
    }
}
