package io.onedump.dump;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The options file of a MySQL or MariaDB client (MySQL manual, 4.2.2.2: values in double quotes, backslash escapes). It
 * replaces all other options files, so that what a route says is what happens.
 */
final class MySqlOptionsFile {

    private MySqlOptionsFile() {
    }

    static String content(Dsn dsn, MySqlTool tool) {
        Map<String, String> options = new LinkedHashMap<>();
        if (dsn.socket() != null) {
            options.put("socket", dsn.socket());
        } else {
            options.put("protocol", "tcp");
            options.put("host", dsn.host());
            options.put("port", String.valueOf(dsn.port()));
        }
        options.put("user", dsn.user());
        options.put("password", dsn.password());
        options.putAll(MySqlTls.of(dsn).options(tool));
        StringBuilder content = new StringBuilder("[client]\n");
        options.forEach((name, value) -> {
            if (value != null) {
                content.append(name).append("=\"").append(escape(name, value)).append("\"\n");
            }
        });
        return content.toString();
    }

    private static String escape(String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(name + " must not hold a line break: a client's options file cannot"
                    + " carry it");
        }
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
