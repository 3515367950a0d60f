package io.onedump.dump.mysql;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.onedump.database.mysql.Sql;

/**
 * A column with how it is read and written.
 *
 * @param expression what to select so that the server sends the value exactly
 */
record Column(String name, ColumnKind kind, String expression) {

    private static final Set<String> UTF8 = Set.of("utf8", "utf8mb3", "utf8mb4");
    /** Those in which the bytes of ASCII are not, or not always, ASCII. */
    private static final Set<String> NOT_ASCII = Set.of("ucs2", "utf16", "utf16le", "utf32", "swe7");
    private static final Pattern EMPTY_MEMBER = Pattern.compile("[(,]''[,)]");

    /**
     * @param dataType, columnType, characterSet as information_schema has them
     * @throws IllegalArgumentException for a type that is not known
     */
    static Column of(String name, String dataType, String columnType, String characterSet) {
        String plain = Sql.name(name);
        return switch (dataType.toLowerCase(Locale.ROOT)) {
            case "tinyint", "smallint", "mediumint", "int", "integer", "bigint", "decimal", "numeric", "year" ->
                new Column(name, ColumnKind.NUMBER, plain);
            // The server prints six digits of a FLOAT, and all of the DOUBLE that it is equal to.
            case "float" -> new Column(name, ColumnKind.FLOATING, plain + "*1e0");
            case "double", "real" -> new Column(name, ColumnKind.FLOATING, plain);
            case "date", "time", "datetime", "timestamp", "uuid", "inet4", "inet6" ->
                new Column(name, ColumnKind.PLAIN, plain);
            case "json" -> new Column(name, ColumnKind.TEXT, plain);
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
                new Column(name, text(characterSet), plain);
            case "enum", "set" -> members(name, columnType, characterSet);
            case "bit", "vector" -> new Column(name, ColumnKind.HEX, plain);
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "geometry", "point",
                    "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection",
                    "geomcollection" ->
                new Column(name, ColumnKind.BINARY, plain);
            default -> throw new IllegalArgumentException("the type '" + dataType + "' of column " + plain
                    + " is not known");
        };
    }

    private static ColumnKind text(String characterSet) {
        if (characterSet == null || NOT_ASCII.contains(characterSet)) {
            return ColumnKind.HEX;
        }
        return UTF8.contains(characterSet) ? ColumnKind.TEXT : ColumnKind.FOREIGN_TEXT;
    }

    /** By number where a text could mean two members, or could not be written as text. */
    private static Column members(String name, String columnType, String characterSet) {
        ColumnKind kind = text(characterSet);
        boolean ascii = columnType.chars().allMatch(c -> c >= ' ' && c < 0x7e && c != '\\');
        if (EMPTY_MEMBER.matcher(columnType).find() || kind == ColumnKind.HEX
                || kind == ColumnKind.FOREIGN_TEXT && !ascii) {
            return new Column(name, ColumnKind.NUMBER, Sql.name(name) + "+0");
        }
        return new Column(name, kind, Sql.name(name));
    }
}
