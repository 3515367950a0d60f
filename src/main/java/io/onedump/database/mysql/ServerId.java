package io.onedump.database.mysql;

import java.io.IOException;
import java.util.List;

/** By what one server of a family is told from another: MySQL's UUID, MariaDB's number. */
public final class ServerId {

    private ServerId() {
    }

    /** Null of a server before MySQL 5.6, which has no UUID. */
    public static String of(Queries session) throws IOException {
        String variable = session.flavour() == Flavour.MARIADB ? "server_id" : "server_uuid";
        List<Row> rows = session.query("SHOW GLOBAL VARIABLES LIKE '" + variable + "'");
        return rows.isEmpty() ? null : rows.get(0).get(1);
    }
}
