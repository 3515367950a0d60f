package io.onedump.dump;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the first lines of a dump say of it, by the keys of a sidecar: which tool made it, of which server, and where in
 * that server's binary log. This is the position of the dump itself, which the tool read under its lock.
 */
final class DumpHead {

    private static final Pattern MYSQL_TOOL =
            Pattern.compile("(?m)^-- (MySQL|MariaDB) dump (\\S+?),?(?: +Distrib (\\S+?))?,? for ");
    private static final Pattern MYSQL_SERVER = Pattern.compile("(?m)^-- Server version\\s+(\\S+)");
    private static final Pattern POSTGRES_TOOL =
            Pattern.compile("(?m)^-- Dumped by (pg_dump(?:all)?) version (\\S+)");
    private static final Pattern POSTGRES_SERVER = Pattern.compile("(?m)^-- Dumped from database version (\\S+)");
    private static final Pattern POSITION = Pattern.compile(
            "(?:MASTER|SOURCE)_LOG_FILE='([^']+)',\\s*(?:MASTER|SOURCE)_LOG_POS=(\\d+)");
    private static final Pattern MYSQL_GTIDS = Pattern.compile("GTID_PURGED=(?:/\\*![0-9]+ '\\+'\\*/ ?)?'([^']*)'");
    private static final Pattern MARIADB_GTID = Pattern.compile("gtid_slave_pos='([^']*)'");

    private DumpHead() {
    }

    static Map<String, String> read(String head) {
        Map<String, String> facts = new LinkedHashMap<>();
        Matcher tool = MYSQL_TOOL.matcher(head);
        if (tool.find()) {
            facts.put("tool", (tool.group(1).equals("MySQL") ? "mysqldump " : "mariadb-dump ")
                    + (tool.group(3) == null ? tool.group(2) : tool.group(3)));
        }
        find(MYSQL_SERVER, head).ifPresent(version -> facts.put("server",
                (version.contains("MariaDB") ? "mariadb " : "mysql ") + version));
        Matcher postgres = POSTGRES_TOOL.matcher(head);
        if (postgres.find()) {
            facts.put("tool", postgres.group(1) + " " + postgres.group(2));
        }
        find(POSTGRES_SERVER, head).ifPresent(version -> facts.put("server", "postgresql " + version));
        Matcher position = POSITION.matcher(head);
        if (position.find()) {
            facts.put("position", position.group(1) + ":" + position.group(2));
        }
        find(MYSQL_GTIDS, head).or(() -> find(MARIADB_GTID, head)).map(set -> set.replaceAll("\\s+|^\\+", ""))
                .filter(set -> !set.isEmpty()).ifPresent(set -> facts.put("gtid", set));
        return facts;
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
