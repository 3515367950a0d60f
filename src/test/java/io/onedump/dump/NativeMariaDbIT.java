package io.onedump.dump;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class NativeMariaDbIT extends NativeDumpContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    List<String> matrix() {
        return Stream.concat(NativeMatrix.statements(false).stream(), Stream.of(
                "CREATE TABLE mine (id int PRIMARY KEY, u uuid, i6 inet6, i4 inet4, j json, c text COMPRESSED,"
                        + " x int INVISIBLE DEFAULT 7)",
                "INSERT INTO mine (id, u, i6, i4, j, c, x) VALUES (1, UUID(), '2001:db8::1', '10.0.0.1',"
                        + " '{\"a\": 1e400,  \"a\":2}', REPEAT('ab''', 500), 9),"
                        + " (2, NULL, '::', '0.0.0.0', '[]', '', 1)",
                "CREATE TABLE past (id int PRIMARY KEY, v float) WITH SYSTEM VERSIONING",
                "INSERT INTO past VALUES (1, 16777218), (2, 0.1)", "UPDATE past SET v = v + 2",
                "DELETE FROM past WHERE id = 2",
                "CREATE TABLE own_past (id int PRIMARY KEY, v int, s timestamp(6) GENERATED ALWAYS AS ROW START,"
                        + " e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME(s, e))"
                        + " WITH SYSTEM VERSIONING",
                "INSERT INTO own_past (id, v) VALUES (1, 1)", "UPDATE own_past SET v = 2",
                "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 3", "SELECT NEXTVAL(numbers)",
                "CREATE TABLE numbered (id bigint DEFAULT NEXTVAL(numbers) PRIMARY KEY, v int)",
                "INSERT INTO numbered (v) VALUES (1), (2)")).toList();
    }
}
