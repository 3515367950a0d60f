package io.onedump.drill.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;

/**
 * What a native dump says of everything that is no row: tables, views, routines, triggers, events, accounts, each by
 * its own statements.
 *
 * @param texts by kind and name
 */
public record Definitions(Map<String, String> texts) {

    private static final Set<Kind> FRAME = EnumSet.of(Kind.HEAD, Kind.TAIL);
    private static final Set<Kind> OF_SERVERS = EnumSet.of(Kind.ACCOUNT, Kind.GRANT);
    /** MySQL writes it, or not, as it was written when the table was made; the collation says the same. */
    private static final Pattern CHARACTER_SET = Pattern.compile(" CHARACTER SET (\\w+) COLLATE (?=\\1_)");
    /** The counter of a table of which rows were removed is not in its rows. */
    private static final Pattern COUNTER = Pattern.compile(" AUTO_INCREMENT=\\d+");

    /**
     * Reads them.
     *
     * @param accounts whether accounts and what they may do are wanted
     * @param without  the account or database that is left out; empty for none
     * @param counters whether a table's next number is wanted too
     */
    public static Definitions of(DumpFile file, boolean accounts, String without, boolean counters)
            throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (DumpIndex.Part part : file.index().parts()) {
            boolean ofServer = OF_SERVERS.contains(part.kind());
            if (FRAME.contains(part.kind()) || ofServer && !accounts || !without.isEmpty() && isOf(part, without)) {
                continue;
            }
            try (InputStream sql = file.sql(file.frame(part.frame()))) {
                String text = new String(sql.readAllBytes(), StandardCharsets.UTF_8);
                texts.merge(name(part), comparable(part, text, counters), String::concat);
            }
        }
        return new Definitions(texts);
    }

    private static String comparable(DumpIndex.Part part, String text, boolean counters) {
        if (part.kind() != Kind.TABLE) {
            return text;
        }
        String collated = CHARACTER_SET.matcher(text).replaceAll(" COLLATE ");
        return counters ? collated : COUNTER.matcher(collated).replaceAll("");
    }

    /** Of an account the name stands in quotes before its host. */
    private static boolean isOf(DumpIndex.Part part, String name) {
        return OF_SERVERS.contains(part.kind())
                ? part.name().matches("(?s)['`]" + Pattern.quote(name) + "['`].*")
                : name.equals(part.database());
    }

    private static String name(DumpIndex.Part part) {
        StringBuilder name = new StringBuilder(part.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (part.database() != null) {
            name.append(' ').append(part.database());
        }
        if (part.name() != null) {
            name.append(part.database() == null ? ' ' : '.').append(part.name());
        }
        return part.table() == null ? name.toString() : name + " of " + part.table();
    }

    /** What is missing, too many or different in others, each in a line; empty when both are the same. */
    public List<String> differences(Definitions others) {
        List<String> found = new ArrayList<>();
        texts.forEach((name, text) -> {
            String other = others.texts.get(name);
            if (other == null) {
                found.add(name + ": it is missing");
            } else if (!other.equals(text)) {
                found.add(name + ": " + difference(text, other));
            }
        });
        others.texts.keySet().stream().filter(name -> !texts.containsKey(name))
                .forEach(name -> found.add(name + ": it is there, and the dump does not have it"));
        return found;
    }

    /** The first line that differs. */
    private static String difference(String expected, String actual) {
        List<String> lines = expected.lines().toList();
        List<String> others = actual.lines().toList();
        for (int i = 0; i < Math.max(lines.size(), others.size()); i++) {
            String line = i < lines.size() ? lines.get(i).strip() : "";
            String other = i < others.size() ? others.get(i).strip() : "";
            if (!line.equals(other)) {
                return "'" + shortened(other) + "' in place of '" + shortened(line) + "'";
            }
        }
        return "it differs in blanks";
    }

    private static String shortened(String line) {
        return line.length() <= 120 ? line : line.substring(0, 120) + "…";
    }
}
