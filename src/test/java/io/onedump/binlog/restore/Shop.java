package io.onedump.binlog.restore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.servers.SqlServer;

/** A database with everything in it that makes replaying a binary log difficult. */
final class Shop {

    private final SqlServer server;

    Shop(SqlServer server) {
        this.server = server;
    }

    void create() {
        server.execute("CREATE DATABASE shop CHARACTER SET utf8mb4");
        server.executeIn("shop",
                "CREATE TABLE item (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(100), doc JSON, body BLOB, at"
                        + " TIMESTAMP(6)"
                        + " DEFAULT CURRENT_TIMESTAMP(6), note VARCHAR(60))",
                "CREATE TABLE audit (id INT PRIMARY KEY AUTO_INCREMENT, item INT, was VARCHAR(100))",
                "CREATE TABLE parent (id INT PRIMARY KEY)",
                "CREATE TABLE child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES parent (id))",
                "CREATE TRIGGER changed AFTER UPDATE ON item FOR EACH ROW INSERT INTO audit (item, was) VALUES"
                        + " (OLD.id, OLD.name)",
                "CREATE PROCEDURE fill(n INT) BEGIN WHILE n > 0 DO INSERT INTO item (name, note) VALUES"
                        + " (CONCAT('p', n), UUID());"
                        + " SET n = n - 1; END WHILE; END");
    }

    /** One connection's worth of work, with session state that later statements depend on. */
    void work(int seed) throws SQLException {
        try (Connection connection = server.connect("shop"); Statement sql = connection.createStatement()) {
            for (String statement : new String[] {
                    "CALL fill(20)",
                    "INSERT INTO item (name, doc, body) VALUES ('Größe 😀 " + seed + "', '{\"a\": [1, 2,"
                            + " " + seed + "]}',"
                            + " UNHEX('00FF0D0A1A5C27'))",
                    "CREATE TEMPORARY TABLE picked AS SELECT id FROM item LIMIT 5",
                    "UPDATE item SET name = CONCAT(name, '+') WHERE id IN (SELECT id FROM picked)",
                    "DROP TEMPORARY TABLE picked",
                    "START TRANSACTION",
                    "INSERT INTO item (name) VALUES ('kept')",
                    "SAVEPOINT s",
                    "INSERT INTO item (name) VALUES ('gone')",
                    "ROLLBACK TO SAVEPOINT s",
                    "COMMIT",
                    "SET time_zone = '+05:30'",
                    "INSERT INTO item (name, at) VALUES ('zone', '2026-01-01 00:00:00')",
                    "SET @who = 'user variable " + seed + "'",
                    "INSERT INTO item (name, note) VALUES (@who, UUID())",
                    "SET sql_mode = ''",
                    "INSERT INTO item (name) VALUES (REPEAT('x', 300))",
                    "SET foreign_key_checks = 0",
                    "INSERT INTO child VALUES (" + seed + ", " + (seed + 1000) + ")",
                    "SET foreign_key_checks = 1",
                    "ALTER TABLE audit ADD COLUMN extra" + seed + " INT DEFAULT " + seed,
                    "CREATE OR REPLACE VIEW names AS SELECT id, name FROM item WHERE id > " + seed,
                    "CREATE USER 'user" + seed + "'@'%' IDENTIFIED BY 'secret'",
                    "DELETE FROM item WHERE id % 7 = 3"}) {
                sql.execute(statement);
            }
            for (int i = 0; i < 120; i++) {
                sql.execute("INSERT INTO item (name, note) VALUES ('row " + i + "', '" + seed + "')");
            }
        }
    }

    /** Checksum of every table, by name. */
    static Map<String, String> checksums(SqlServer server) throws SQLException {
        Map<String, String> checksums = new TreeMap<>();
        try (Connection connection = server.connect("shop"); Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("CHECKSUM TABLE item, audit, parent, child, names")) {
            while (rows.next()) {
                checksums.put(rows.getString(1), String.valueOf(rows.getString(2)));
            }
        }
        return checksums;
    }
}
