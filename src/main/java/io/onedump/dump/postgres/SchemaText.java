package io.onedump.dump.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.postgres.SqlScan;

/**
 * Cuts what {@code pg_dump --verbose} writes into objects, at the comments that stand before each. Comments inside of
 * texts and of functions' bodies are none.
 */
final class SchemaText {

    private static final Pattern HEADER = Pattern.compile("--\\n-- TOC entry (\\d+) \\(class (\\d+) OID (\\d+)\\)\\n"
            + "(?:-- Dependencies:((?: \\d+)*)\\n)?-- Name: (.*); Type: ([A-Z ]+); Schema: (.*?); Owner: .*\\n--\\n");
    private static final String MARK = "--\n-- TOC entry ";
    /** What applies to the objects behind it, and is written before the first one's comment. */
    private static final Pattern PLACE = Pattern.compile(
            "\\n(SET (default_tablespace|default_table_access_method) = [^\\n]*;)\\n\\s*\\z");

    private final String text;
    private final List<SchemaEntry> entries = new ArrayList<>();
    private String tablespace = "";
    private String method = "";

    private SchemaText(String text) {
        this.text = text;
    }

    static List<SchemaEntry> of(String text) {
        SchemaText all = new SchemaText(text);
        all.read();
        return all.entries;
    }

    private void read() {
        List<Integer> marks = marks();
        if (marks.isEmpty()) {
            return;
        }
        places(text.substring(0, marks.get(0)));
        for (int i = 0; i < marks.size(); i++) {
            boolean last = i == marks.size() - 1;
            entry(text.substring(marks.get(i), last ? end() : marks.get(i + 1)));
        }
    }

    private List<Integer> marks() {
        List<Integer> marks = new ArrayList<>();
        for (int at = 0; at < text.length();) {
            if (text.startsWith(MARK, at) && (at == 0 || text.charAt(at - 1) == '\n')) {
                marks.add(at);
                at += MARK.length();
            } else {
                at = SqlScan.next(text, at);
            }
        }
        return marks;
    }

    /** Behind the last object stand only remarks about the dump. */
    private int end() {
        int completed = text.lastIndexOf("\n--\n-- PostgreSQL database dump complete\n");
        int on = text.lastIndexOf("\n-- Completed on ", completed);
        return on > 0 ? on + 1 : completed > 0 ? completed + 1 : text.length();
    }

    private void entry(String section) {
        Matcher header = HEADER.matcher(section);
        if (!header.lookingAt()) {
            throw new IllegalArgumentException("pg_dump wrote of an object in a way that is not known here: "
                    + section.lines().limit(4).toList());
        }
        List<Integer> needs = new ArrayList<>();
        if (header.group(4) != null) {
            for (String id : header.group(4).strip().split(" ")) {
                needs.add(Integer.parseInt(id));
            }
        }
        String before = (tablespace.isEmpty() ? "" : tablespace + "\n") + (method.isEmpty() ? "" : method + "\n");
        String sql = places(section.substring(header.end())).strip() + "\n";
        String space = header.group(7).equals("-") ? null : header.group(7);
        SchemaEntry entry = new SchemaEntry(Integer.parseInt(header.group(1)), key(header), needs,
                header.group(5), header.group(6), space, sql);
        entries.add(entry.isPlaced()
                ? new SchemaEntry(entry.id(), entry.key(), needs, entry.name(), entry.type(), space, before + sql)
                : entry);
    }

    /** What belongs to a relation without being in a catalog has that relation's number. */
    private static long key(Matcher header) {
        long catalog = Long.parseLong(header.group(2));
        long oid = Long.parseLong(header.group(3));
        return oid == 0 ? 0 : Dependencies.key(catalog == 0 ? Dependencies.PG_CLASS : catalog, oid);
    }

    /** Notes what is set at the end, and returns the rest. */
    private String places(String section) {
        String rest = section;
        String space = null;
        String access = null;
        for (Matcher set = PLACE.matcher(rest); set.find(); set = PLACE.matcher(rest)) {
            if (set.group(2).equals("default_tablespace")) {
                space = space == null ? set.group(1) : space;
            } else {
                access = access == null ? set.group(1) : access;
            }
            rest = rest.substring(0, set.start() + 1);
        }
        tablespace = space == null ? tablespace : space;
        method = access == null ? method : access;
        return rest;
    }
}
