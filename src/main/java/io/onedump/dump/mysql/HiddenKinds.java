package io.onedump.dump.mysql;

import java.util.List;

import io.onedump.database.mysql.Grants;

/**
 * What of a database an account cannot see. A server shows triggers and events to nobody without the privilege of their
 * name, and says nothing of those that it hides.
 */
final class HiddenKinds {

    private static final List<String> PRIVILEGES = List.of("TRIGGER", "EVENT");

    private HiddenKinds() {
    }

    /** @param grants as SHOW GRANTS prints them */
    static List<String> missing(List<String> grants, String database) {
        return new Grants(grants).missing(PRIVILEGES, database);
    }
}
