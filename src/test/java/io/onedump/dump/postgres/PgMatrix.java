package io.onedump.dump.postgres;

import java.util.List;

/** Tables with every type, its extreme values, and whatever else makes dumps of PostgreSQL difficult. */
public final class PgMatrix {

    private PgMatrix() {
    }

    public static List<String> statements() {
        return List.of("SET TimeZone = 'UTC'",
                "CREATE EXTENSION hstore", "CREATE EXTENSION citext",
                "CREATE TYPE mood AS ENUM ('sad', 'it''s', 'ö\\')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE TYPE span AS RANGE (subtype = float8)",
                "CREATE DOMAIN short AS varchar(3) CHECK (VALUE <> 'no')",
                "CREATE TABLE floats (id int PRIMARY KEY, f4 float4, f8 float8)",
                "INSERT INTO floats VALUES (1, '3.4028235e38', '1.7976931348623157e308'), (2, '1e-45', '5e-324'),"
                        + " (3, '-0', '-0'), (4, 'NaN', 'NaN'), (5, 'Infinity', '-Infinity'), (6, 0.1, 0.1),"
                        + " (7, 16777217, 9007199254740993), (8, NULL, NULL), (9, '1.17549435e-38',"
                        + " '2.2250738585072014e-308')",
                "INSERT INTO floats SELECT 100 + n, sqrt(n)::float4, sqrt(n) FROM generate_series(1, 500) n",
                "CREATE TABLE numbers (a smallint, b int, c bigint, d numeric, e numeric(20, 5), f money, g oid,"
                        + " h boolean, i real[], j numeric[])",
                "INSERT INTO numbers VALUES (-32768, -2147483648, -9223372036854775808, 'NaN', -0.00001, '-$1,234.56',"
                        + " 4294967295, true, '{0.1,NaN,-0}', '{1.10,NaN,Infinity}'), (32767, 2147483647,"
                        + " 9223372036854775807, 'Infinity', 999999999999999.99999, '$92233720368547758.07', 0, false,"
                        + " '{}', NULL), (0, 0, 0, '-Infinity', 0, 0, 1, NULL, NULL, '{{1,2},{3,NULL}}'), (1, 1, 1,"
                        + " '1e-16383', 1, 1, 1, true, '[2:3]={1,2}', NULL), (1, 1, 1, repeat('9', 70)::numeric, 1, 1,"
                        + " 1, true, NULL, NULL), (1, 1, 1, '1.000', 1, 1, 1, true, NULL, NULL)",
                "CREATE TABLE texts (a text, b varchar(20), c char(5), d \"char\", e name, f citext, g short, h mood,"
                        + " i xml, j tsvector, k tsquery, l bit(5), m varbit, n bytea)",
                "INSERT INTO texts VALUES (E'\\t\\n\\r\\b\\f\\v\\\\', E'\\\\N', 'a', 'x', 'n', 'ÄÖ', 'abc', 'ö\\',"
                        + " '<a b=\"c\">é</a>', 'a:1A fat:2 ''b c'':3', 'a & !b:*', B'10101', B'', '\\x00ff5c0a'),"
                        + " ('', '', '', '', '', '', '', 'sad', '', '', '', B'00000', B'1', ''),"
                        + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                        + " (E'\\\\.', 'a\\.b', 'ü', E'\\\\', '\"', 'x', 'é', 'it''s', NULL, NULL, NULL, NULL, NULL,"
                        + " decode('5c2e0a', 'hex')), (chr(1) || chr(127) || chr(1114111), E'\\u00a0', NULL, NULL,"
                        + " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, sha256('x'))",
                "CREATE TABLE times (a date, b time, c timetz, d timestamp, e timestamptz, f interval,"
                        + " g timestamptz(0),"
                        + " h interval day to second)",
                "INSERT INTO times VALUES ('4713-01-01 BC', '00:00', '00:00+14', '4713-01-01 00:00 BC',"
                        + " '4713-01-01 00:00+00 BC', '-178000000 years', 'epoch', '1 12:00:00'), ('5874897-12-31',"
                        + " '24:00', '24:00-15:59', '294276-12-31 23:59:59.999999', '294276-12-31 23:59:59.999999+00',"
                        + " '178000000 years', 'infinity', '-1 day +02:03:04.000005'), ('infinity', '12:34:56.789012',"
                        + " '12:34:56.789012+05:30:15', '-infinity', 'infinity', '1 mon -1 day +00:00:00.000001',"
                        + " '-infinity', '0'), (NULL, NULL, NULL, '2024-03-31 02:30', '2024-10-27 00:30+00',"
                        + " '-1 years -2 mons +3 days -04:05:06.7', NULL, NULL), ('0001-01-01', '23:59:59.999999',"
                        + " NULL, NULL, NULL, NULL, NULL, NULL)",
                "CREATE TABLE others (a json, b jsonb, c uuid, d inet, e cidr, f macaddr, g macaddr8, h point, i line,"
                        + " j lseg, k box, l path, m polygon, n circle, o int4range, p tstzrange, q span,"
                        + " r int4multirange, s pair, t pair[], u hstore, v pg_lsn, w regclass, x jsonpath,"
                        + " y txid_snapshot)",
                "INSERT INTO others VALUES ('{\"b\":  1, \"a\": 1e400}', '{\"b\": 1e400, \"a\": [1.10, -0.0]}',"
                        + " '6ccd780c-baba-1026-9564-5b8c656024db', '::1/64', '2001:db8::/32', '08:00:2b:01:02:03',"
                        + " '08:00:2b:01:02:03:04:05', '(-0,NaN)', '{1,2,3}', '[(0,0),(1e300,1)]', '(1,1),(0,0)',"
                        + " '[(0,0),(0.1,1)]', '((0,0),(1,1),(2,0))', '<(1,2),3>', '[1,5)', '[,infinity)',"
                        + " '[0.1,NaN]', '{[1,3),[5,7)}', '(1,\"a \"\"b\"\" \\\\,\")', ARRAY['(1,)','(,\"\")']::pair[],"
                        + " '\"a b\"=>\"c\\\"d\", e=>NULL', '16/B374D848', 'floats', '$.a[*] ? (@ > 1)',"
                        + " '10:20:10,14'),"
                        + " ('null', 'null', NULL, '1.2.3.4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '((0,0))',"
                        + " NULL,"
                        + " NULL, 'empty', NULL, NULL, '{}', '(,)', '{}', '', NULL, NULL, NULL, NULL)",
                "CREATE TABLE \"odd.name \"\"q\"\"\" (\"a.b\" int, \"select\" text, \" \" text, dropped int)",
                "INSERT INTO \"odd.name \"\"q\"\"\" VALUES (1, 'x', 'y', 1)",
                "ALTER TABLE \"odd.name \"\"q\"\"\" DROP COLUMN dropped, ADD late int DEFAULT 7",
                "CREATE TABLE no_columns ()", "INSERT INTO no_columns DEFAULT VALUES",
                "INSERT INTO no_columns DEFAULT VALUES",
                "CREATE TABLE made (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c int GENERATED ALWAYS AS IDENTITY"
                        + " (INCREMENT BY 7), d serial)",
                "INSERT INTO made (a) SELECT n FROM generate_series(1, 10) n",
                "CREATE TABLE parent (id int PRIMARY KEY, what text)",
                "CREATE TABLE child (more text) INHERITS (parent)",
                "INSERT INTO parent VALUES (1, 'p')", "INSERT INTO child VALUES (2, 'c', 'm')",
                "CREATE UNLOGGED TABLE unlogged (a int)", "INSERT INTO unlogged VALUES (1)");
    }
}
