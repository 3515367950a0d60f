package io.onedump.dump.mysql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/** The accounts and roles of a server and what they may do, as the server prints it. */
final class Accounts {

    private static final Set<String> OWN = Set.of("mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys");

    private final MySqlSession session;
    private final boolean mariaDb;

    Accounts(MySqlSession session, Server server) {
        this.session = session;
        this.mariaDb = server.mariaDb();
    }

    /**
     * One account.
     *
     * @param create the statements that make it
     * @param grants those that let it do what it may
     */
    record Account(String name, String create, String grants) {
    }

    /** Roles first, because accounts name them. */
    List<Account> read() throws IOException {
        List<Account> roles = new ArrayList<>();
        List<Account> users = new ArrayList<>();
        String isRole = mariaDb ? "is_role" : "IF(account_locked = 'Y' AND password_expired = 'Y', 'Y', 'N')";
        for (Row row : session.query("SELECT user, host, " + isRole + " FROM mysql.user ORDER BY user, host")) {
            if (OWN.contains(row.get(0))) {
                continue;
            }
            boolean role = row.get(2).equals("Y");
            boolean mariaDbRole = role && mariaDb;
            String name = Sql.text(row.get(0)) + (mariaDbRole ? "" : "@" + Sql.text(row.get(1)));
            String create = mariaDbRole
                    ? "CREATE ROLE IF NOT EXISTS " + name + ";\n"
                    : statements("SHOW CREATE USER " + name).replaceFirst("^CREATE USER ",
                            "CREATE USER IF NOT EXISTS ");
            Account account = new Account(name, create, statements("SHOW GRANTS FOR " + name));
            (role ? roles : users).add(account);
        }
        roles.addAll(users);
        return roles;
    }

    private String statements(String sql) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Row row : session.query(sql)) {
            all.append(row.get(0)).append(";\n");
        }
        return all.toString();
    }
}
