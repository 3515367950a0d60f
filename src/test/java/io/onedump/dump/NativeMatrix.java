package io.onedump.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Tables with every type that both families have, and their extreme values. */
public final class NativeMatrix {

    private static final List<String> CHARACTER_SETS = List.of("big5", "latin2", "dec8", "cp850", "latin1", "hp8",
            "koi8r", "swe7", "ascii", "ujis", "sjis", "hebrew", "tis620", "euckr", "koi8u", "gb2312", "greek",
            "cp1250", "gbk", "latin5", "armscii8", "utf8mb3", "ucs2", "cp866", "keybcs2", "macce", "macroman", "cp852",
            "latin7", "utf8mb4", "cp1251", "utf16", "utf16le", "cp1256", "cp1257", "utf32", "geostd8", "cp932",
            "eucjpms");

    private NativeMatrix() {
    }

    public static List<String> statements(boolean mySql) {
        List<String> all = new ArrayList<>();
        numbers(all);
        texts(all, mySql);
        times(all);
        bytes(all);
        structure(all);
        return all;
    }

    private static void numbers(List<String> all) {
        all.add("CREATE TABLE whole (id int PRIMARY KEY AUTO_INCREMENT, a tinyint, b tinyint unsigned, c smallint,"
                + " d mediumint unsigned zerofill, e int, f bigint, g bigint unsigned, h bool, y year)");
        all.add("INSERT INTO whole VALUES (-5, -128, 255, -32768, 16777215, -2147483648, -9223372036854775808,"
                + " 18446744073709551615, 1, 0), (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                + " (2147483647, 127, 0, 32767, 0, 2147483647, 9223372036854775807, 0, 0, 2155)");
        all.add("UPDATE whole SET id = 0 WHERE a IS NULL");
        all.add("CREATE TABLE exact_numbers (a decimal(65,30), b decimal(10,0) unsigned, c decimal(5,2) zerofill)");
        all.add("INSERT INTO exact_numbers VALUES (12345678901234567890123456789012345.123456789012345678901234567891,"
                + " 9999999999, 1.5), (-0.00, 0, 0), (-99999999999999999999999999999999999.9, 1, 999.99)");
        all.add("CREATE TABLE floating (f float, d double, g float(7,3), h double(20,4), z float unsigned zerofill,"
                + " m float(10,2))");
        all.add("INSERT INTO floating VALUES (3.4028234663852886e38, 1.7976931348623157e308, 1234.567, -1234567.1234,"
                + " 16777216, 99999999.99), (-1.401298464324817e-45, 4.9e-324, -9999.999, 0.0001, 0.1, -0.01),"
                + " (16777218, 0.1, 0, 0, 123456.789, 0)");
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            float f = Float.intBitsToFloat(random.nextInt());
            double d = Double.longBitsToDouble(random.nextLong());
            if (Float.isFinite(f) && Double.isFinite(d)) {
                all.add("INSERT INTO floating (f, d) VALUES (" + (double) f + ", " + d + ")");
            }
        }
        all.add("CREATE TABLE bits (a bit(1), b bit(8), c bit(64), d bit(13))");
        all.add("INSERT INTO bits VALUES (b'1', b'11111111', b'" + "1".repeat(64) + "', b'1010'), (b'0', 0, 0, 0),"
                + " (NULL, b'00100111', 39, 92)");
    }

    private static void texts(List<String> all, boolean mySql) {
        for (String set : CHARACTER_SETS) {
            all.add("CREATE TABLE text_" + set + " (id int PRIMARY KEY AUTO_INCREMENT, v varchar(40), c char(5),"
                    + " t text, e enum('a', 'b c', 'x''y'), s set('p', 'q')) CHARACTER SET " + set);
            all.add("INSERT INTO text_" + set + " (v, c, t, e, s) VALUES ('plain ''quoted'' \"text\"', 'ab ', '',"
                    + " 'b c', 'p,q'), ('', NULL, 'line\\nbreak\\ttab\\r\\0zero\\Zend\\\\back~tilde', 'x''y', ''),"
                    + " ('trailing  ', '', '-- ; /* */ `', 0, NULL)");
            sweep(all, set, mySql);
        }
        all.add("CREATE TABLE members (a enum('', 'x'), b set('', 'x'), c enum('ä', 'ö') CHARACTER SET latin1,"
                + " d enum('1', '2', '0'), e enum('it''s', 'a,b', '日本'), f set('é', 'ü') CHARACTER SET utf8mb4)");
        all.add("INSERT INTO members VALUES (0, 0, 0, '0', 'a,b', 'é,ü'), (1, 1, 1, '2', '日本', ''), (2, 3, 2, 3,"
                + " 'it''s', NULL)");
        all.add("CREATE TABLE `odd ``name` (`a``b` int, `select` text, `sp ace` int, `ü'\"\\\\` int)");
        all.add("INSERT INTO `odd ``name` VALUES (1, 'one', 2, 3)");
    }

    /** Every code of one byte, and of two where there are such, that the server takes. */
    private static void sweep(List<String> all, String set, boolean mySql) {
        if (List.of("ucs2", "utf16", "utf16le", "utf32").contains(set)) {
            String unit = switch (set) {
                case "utf32" -> "0001F600";
                case "utf16" -> "D83DDE00";
                case "utf16le" -> "3DD800DE";
                default -> "263A";
            };
            all.add("INSERT INTO text_" + set + " (v) VALUES (x'" + unit + "')");
            return;
        }
        for (int block = 0; block < 256; block += 16) {
            StringBuilder values = new StringBuilder();
            for (int code = block; code < block + 16; code++) {
                values.append(values.isEmpty() ? "" : ", ").append(String.format("(x'%02X')", code));
            }
            if (!set.startsWith("utf8") && !(set.equals("ascii") && mySql)) {
                all.add("INSERT IGNORE INTO text_" + set + " (v) VALUES " + values);
            }
        }
        if (List.of("big5", "ujis", "sjis", "euckr", "gb2312", "gbk", "cp932", "eucjpms").contains(set)) {
            for (int lead = 0x81; lead < 0xff; lead++) {
                StringBuilder values = new StringBuilder();
                for (int trail = 0x40; trail < 0xff; trail++) {
                    values.append(values.isEmpty() ? "" : ", ").append(String.format("(x'%02X%02X')", lead, trail));
                }
                all.add("INSERT IGNORE INTO text_" + set + " (v) VALUES " + values);
            }
        }
        if (set.equals("utf8mb4")) {
            all.add("INSERT INTO text_utf8mb4 (v) VALUES ('\uD83D\uDE00 日本 ä é'), ('e\u0301')");
        }
    }

    private static void times(List<String> all) {
        all.add("CREATE TABLE times (id int PRIMARY KEY, d date, t time, t6 time(6), dt datetime, dt6 datetime(6),"
                + " ts timestamp NULL, ts6 timestamp(6) NULL)");
        all.add("INSERT INTO times VALUES (1, '0000-00-00', '-838:59:59', '838:59:59.000000', '0000-00-00 00:00:00',"
                + " '9999-12-31 23:59:59.999999', '1970-01-01 00:00:01', '2038-01-19 03:14:07.999999'),"
                + " (2, '2024-00-00', '00:00:00', '-00:00:00.000001', '1000-01-01 00:00:00', '2024-02-29 12:00:00.5',"
                + " '2024-10-27 00:30:00', '2024-10-27 01:30:00.25'), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                + " (4, '9999-12-31', '12:34:56', '00:00:00.5', '2024-03-31 02:30:00', '0000-00-00 00:00:00',"
                + " '0000-00-00 00:00:00', '2024-03-31 01:30:00')");
    }

    private static void bytes(List<String> all) {
        StringBuilder every = new StringBuilder();
        for (int b = 0; b < 256; b++) {
            every.append(String.format("%02X", b));
        }
        all.add("CREATE TABLE bytes (id int PRIMARY KEY, a binary(4), b varbinary(300), c blob, d longblob)");
        all.add("INSERT INTO bytes VALUES (1, x'00', x'" + every + "', x'" + every + "', x'27'), (2, x'5C275C27', '',"
                + " x'0D0A', REPEAT('\\'', 1000)), (3, NULL, NULL, NULL, NULL), (4, x'FFFFFFFF', x'00', x'EDA080',"
                + " x'C3')");
        all.add("CREATE TABLE places (id int PRIMARY KEY, g geometry, p point, l linestring)");
        all.add("INSERT INTO places VALUES (1, ST_GeomFromText('POINT(1.1 -2.2)'), ST_GeomFromText('POINT(0 0)'),"
                + " ST_GeomFromText('LINESTRING(0 0,1 1,2 2)')), (2, ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))', 0),"
                + " NULL, NULL), (3, ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1))'), NULL,"
                + " NULL)");
    }

    private static void structure(List<String> all) {
        all.add("CREATE TABLE computed (a int, v int GENERATED ALWAYS AS (a + 1) VIRTUAL, s int GENERATED ALWAYS AS"
                + " (a * 2) STORED, z int DEFAULT 3)");
        all.add("INSERT INTO computed (a, z) VALUES (1, 2), (NULL, NULL)");
        all.add("CREATE TABLE parts (id int PRIMARY KEY, v int) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN"
                + " (10), PARTITION p1 VALUES LESS THAN MAXVALUE)");
        all.add("INSERT INTO parts VALUES (1, 1), (100, 2)");
        all.add("CREATE TABLE parent (id int PRIMARY KEY)");
        all.add("INSERT INTO parent VALUES (1)");
        all.add("CREATE TABLE a_child (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES parent (id))");
        all.add("INSERT INTO a_child VALUES (1, 1)");
        all.add("CREATE TABLE no_rows (id int)");
        all.add("CREATE VIEW c_view AS SELECT 1 AS one");
        all.add("CREATE VIEW b_view AS SELECT one + 1 AS two FROM c_view");
        all.add("CREATE VIEW a_view AS SELECT two + 1 AS three FROM b_view");
        all.add("CREATE TRIGGER t1 BEFORE INSERT ON parent FOR EACH ROW SET NEW.id = NEW.id + 1");
        all.add("CREATE TRIGGER t2 BEFORE INSERT ON parent FOR EACH ROW FOLLOWS t1 SET NEW.id = NEW.id * 2");
    }

    /** What MySQL has from 8.0 on, and MariaDB has not. */
    public static List<String> ownOfMySql8() {
        return List.of("CREATE TABLE mine (id int PRIMARY KEY, j json, g geometry SRID 4326, x int INVISIBLE DEFAULT 7,"
                + " d double, f float, e text DEFAULT (CONCAT('a', 'b')))",
                "INSERT INTO mine (id, j, g, x, d, f, e) VALUES (1, '{\"b\": \"\\\\u0000\\'\\\\\\\\\", \"a\": [1, 1.0,"
                        + " null, true, 18446744073709551615, -9223372036854775808]}',"
                        + " ST_GeomFromText('POINT(1 2)', 4326), 9, -0e0, -0e0, 'x'),"
                        + " (2, 'null', ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))', 4326), 1, 0, 0, NULL)",
                "SET SESSION sql_generate_invisible_primary_key = ON", "CREATE TABLE hidden_key (a int)",
                "INSERT INTO hidden_key VALUES (1), (1)",
                "SET SESSION sql_generate_invisible_primary_key = OFF");
    }

    public static List<String> ownOfMariaDb() {
        return List.of("CREATE TABLE mine (id int PRIMARY KEY, u uuid, i6 inet6, i4 inet4, j json, c text COMPRESSED,"
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
                "INSERT INTO numbered (v) VALUES (1), (2)");
    }
}
