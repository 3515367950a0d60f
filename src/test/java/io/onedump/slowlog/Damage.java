package io.onedump.slowlog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.util.json.JsonObject;

/** Small logs of every dialect, short enough to be damaged at each of their bytes. */
public final class Damage {

    private static final String MYSQL_50 = """
            /usr/sbin/mysqld, Version: 5.0.51a-log (MySQL Community Server (GPL)). started with:
            Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock
            Time                 Id Command    Argument
            # Time: 071015 21:43:52
            # User@Host: app[app] @ localhost []
            # Query_time: 2  Lock_time: 0  Rows_sent: 1  Rows_examined: 0
            use test;
            SET timestamp=1192484632;
            select sleep(2) from n;
            # User@Host: app[app] @  [10.1.2.3]
            # Query_time: 3  Lock_time: 0  Rows_sent: 1  Rows_examined: 0
            SET last_insert_id=251077,insert_id=5628,timestamp=1192484637;
            insert into t (a) values ('it\\'s; here'), ("x
            y");
            # Time: 071015  1:44:02 # User@Host: [SQL_SLAVE] @  []
            # Query_time: 0  Lock_time: 0  Rows_sent: 0  Rows_examined: 0
            # administrator command: Quit;
            """;
    private static final String PERCONA = """
            # Time: 130601  8:01:06
            # User@Host: meow[meow] @ apple [1.2.3.8]  Id:    82
            # Schema: db1  Last_errno: 0  Killed: 0
            # Query_time: 0.727052  Lock_time: 0.000087  Rows_sent: 1  Rows_examined: 2099  Rows_affected: 0
            # Bytes_sent: 187  Tmp_tables: 1  Tmp_disk_tables: 0  Tmp_table_sizes: 126992
            # InnoDB_trx_id: 1A2B
            # QC_Hit: No  Full_scan: Yes  Full_join: No  Tmp_table: Yes  Tmp_table_on_disk: No
            # Filesort: Yes  Filesort_on_disk: No  Merge_passes: 0
            #   InnoDB_IO_r_ops: 415  InnoDB_IO_r_bytes: 6799360  InnoDB_IO_r_wait: 0.665445
            #   InnoDB_rec_lock_wait: 0.000000  InnoDB_queue_wait: 0.000000
            #   InnoDB_pages_distinct: 1041
            use db1;
            SET timestamp=1370073666;
            SELECT a -- it's a comment
            FROM b WHERE c IN (1, 2, 3);
            # Time: 130601  8:01:07
            # User@Host: meow[meow] @ apple [1.2.3.8]  Id:    82
            # Schema:   Last_errno: 1146  Killed: 0
            # Query_time: 0.000099  Lock_time: 0.000000  Rows_sent: 0  Rows_examined: 0  Rows_affected: 0
            # Bytes_sent: 0
            # No InnoDB statistics available for this query
            SET timestamp=1370073667;
            SHOW TABLES;
            """;

    private static final String PERCONA_80 = """
            # Time: 2019-03-24T16:26:04.482151Z
            # User@Host: root[root] @ localhost []  Id:     8
            # Schema: employees  Last_errno: 0  Killed: 0
            # Query_time: 3.133066  Lock_time: 0.000190  Rows_sent: 10  Rows_examined: 3145718  Rows_affected: 0
            # Bytes_sent: 312  Tmp_tables: 1  Tmp_disk_tables: 0  Tmp_table_sizes: 0
            # InnoDB_trx_id: 0
            # Full_scan: Yes  Full_join: No  Tmp_table: Yes  Tmp_table_on_disk: No
            # Filesort: Yes  Filesort_on_disk: No  Merge_passes: 0
            #   InnoDB_IO_r_ops: 5491  InnoDB_IO_r_bytes: 89964544  InnoDB_IO_r_wait: 0.003183
            #   InnoDB_rec_lock_wait: 0.000000  InnoDB_queue_wait: 0.000000
            #   InnoDB_pages_distinct: 5488
            # Log_slow_rate_type: query  Log_slow_rate_limit: 10
            use employees;
            SET timestamp=1553444764;
            SELECT last_name FROM employees WHERE note = 'it''s; so';
            # Time: 2019-03-24T16:26:05.482151Z
            # User@Host: root[root] @ localhost []  Id:     8
            # Schema: employees  Last_errno: 0  Killed: 0
            # Query_time: 0.133066  Lock_time: 0.000190  Rows_sent: 1  Rows_examined: 1  Rows_affected: 0
            # Bytes_sent: 56
            SET timestamp=1553444765;
            SELECT COUNT(*)
            FROM salaries;
            # Time: 2019-03-24T16:26:06.482151Z
            # User@Host: root[root] @ localhost []  Id:     8
            # Schema: employees  Last_errno: 0  Killed: 0
            # Query_time: 0.233066  Lock_time: 0.000190  Rows_sent: 1  Rows_examined: 1  Rows_affected: 0
            # Bytes_sent: 57
            SET timestamp=1553444766;
            SELECT 3;
            """;

    private Damage() {
    }

    public static Map<String, byte[]> logs() throws IOException {
        Map<String, byte[]> logs = new LinkedHashMap<>();
        logs.put("mysql 5.0", MYSQL_50.getBytes(StandardCharsets.UTF_8));
        logs.put("percona 5.5", PERCONA.getBytes(StandardCharsets.UTF_8));
        logs.put("percona 8.0", PERCONA_80.getBytes(StandardCharsets.UTF_8));
        logs.put("mysql 8.0 throttle", Files.readAllBytes(Samples.server("mysql80-nidx.log")));
        logs.put("mysql 8.0", excerpt("mysql80-plain.log", 0, 12));
        logs.put("mysql 8.0 flush", excerpt("mysql80-plain.log", 84, 96));
        logs.put("mysql 8.0 users", excerpt("mysql80-extra.log", 66, 72));
        logs.put("mysql 8.0 windows", excerpt("derived-crlf.log", 0, 12));
        logs.put("mariadb 10.11", excerpt("mariadb1011-full.log", 0, 8));
        logs.put("mariadb 10.11 default", excerpt("mariadb1011-default.log", 78, 92));
        logs.put("mariadb 11.4", excerpt("mariadb114-full.log", 56, 70));
        return logs;
    }

    /** Some events of a sample with the banners between them. */
    private static byte[] excerpt(String name, int first, int end) throws IOException {
        JsonObject expected = Samples.json(Samples.OWN.resolve("expected/server-generated/" + name + ".json"));
        List<JsonObject> events = expected.getCollection("events");
        int from = first == 0 ? 0 : events.get(first).getInteger("offset");
        byte[] log = Files.readAllBytes(Samples.server(name));
        return Arrays.copyOfRange(log, from, events.get(end - 1).getInteger("offset_end"));
    }
}
