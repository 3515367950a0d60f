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

    /** Tables that refer to each other, and what is of a schema of its own. */
    public static List<String> sales() {
        return List.of("CREATE SCHEMA sales", "CREATE TYPE sales.state AS ENUM ('new', 'done')",
                "CREATE FUNCTION sales.next_code() RETURNS text LANGUAGE sql AS $$ SELECT 'x' || random() $$",
                "CREATE TABLE sales.customers (id int PRIMARY KEY, code text DEFAULT sales.next_code(), up int)",
                "ALTER TABLE sales.customers ADD FOREIGN KEY (up) REFERENCES sales.customers",
                "INSERT INTO sales.customers SELECT n, 'c' || n, 1 FROM generate_series(1, 1000) n",
                "CREATE TABLE sales.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int NOT NULL"
                        + " REFERENCES sales.customers, state sales.state DEFAULT 'new', note text)",
                "INSERT INTO sales.orders (customer, note) SELECT n, repeat('x', n) FROM generate_series(1, 1000) n",
                "CREATE INDEX by_note ON sales.orders (md5(note))",
                "COMMENT ON INDEX sales.by_note IS 'an index'", "COMMENT ON COLUMN sales.orders.note IS 'a note'",
                "CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note ="
                        + " 'touched'; RETURN NEW; END $$",
                "CREATE TRIGGER touched BEFORE INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.touch()",
                "CREATE VIEW sales.open AS SELECT o.id, c.code FROM sales.orders o JOIN sales.customers c ON c.id ="
                        + " o.customer WHERE state = 'new'",
                "CREATE TABLE sales.parts (id int, day date) PARTITION BY RANGE (day)",
                "CREATE TABLE sales.parts_1 PARTITION OF sales.parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                "CREATE TABLE sales.parts_2 PARTITION OF sales.parts DEFAULT",
                "CREATE INDEX parts_by_day ON sales.parts (day)",
                "INSERT INTO sales.parts SELECT n, '2024-06-01'::date + n FROM generate_series(1, 500) n",
                "CREATE TABLE sales.large (id int, b bytea)",
                "INSERT INTO sales.large SELECT 1, decode(repeat('00ff5c0a', 400000), 'hex')",
                "CREATE ROLE clerk", "ALTER TABLE sales.customers OWNER TO clerk",
                "GRANT SELECT ON sales.orders TO clerk",
                "SELECT lo_from_bytea(77, decode(repeat('00ff', 500000), 'hex'))",
                "SELECT lo_from_bytea(78, '\\x01')", "ALTER LARGE OBJECT 78 OWNER TO clerk",
                "COMMENT ON LARGE OBJECT 78 IS E'it''s\r\nGRANT \\\\ ö'", "GRANT SELECT ON LARGE OBJECT 78 TO PUBLIC",
                "GRANT ALL ON LARGE OBJECT 77 TO clerk WITH GRANT OPTION", "SET ROLE clerk",
                "GRANT UPDATE ON LARGE OBJECT 77 TO PUBLIC", "RESET ROLE", "SELECT lo_create(79)",
                "REVOKE ALL ON LARGE OBJECT 79 FROM postgres",
                "CREATE TEXT SEARCH DICTIONARY sales.plain (TEMPLATE = pg_catalog.simple)",
                "CREATE TEXT SEARCH CONFIGURATION sales.words (COPY = pg_catalog.simple)",
                "CREATE FOREIGN DATA WRAPPER nowhere", "CREATE SERVER \"Some where\" FOREIGN DATA WRAPPER nowhere",
                "CREATE USER MAPPING FOR clerk SERVER \"Some where\" OPTIONS (user 'x')",
                "CREATE OPERATOR FAMILY sales.odd USING btree",
                "CREATE OPERATOR sales.=== (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int)",
                "CREATE AGGREGATE sales.total (int) (SFUNC = int4pl, STYPE = int, INITCOND = 0)",
                "CREATE STATISTICS sales.both ON id, code FROM sales.customers",
                "CREATE PROCEDURE sales.nothing(INOUT a int, b sales.state DEFAULT 'new') LANGUAGE sql AS 'SELECT 1'",
                "CREATE COLLATION sales.c FROM \"C\"", "CREATE CAST (sales.state AS int) WITH INOUT",
                "CREATE PUBLICATION \"Some orders\" FOR TABLE sales.orders",
                "CREATE FUNCTION sales.quiet() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$",
                "CREATE EVENT TRIGGER quiet ON ddl_command_end WHEN TAG IN ('CREATE COLLATION')"
                        + " EXECUTE FUNCTION sales.quiet()");
    }

    /** What PostgreSQL has since 18, and what 16 and 17 brought. */
    public static List<String> ownOf18() {
        return List.of("CREATE TABLE virtual (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a * 2) VIRTUAL NOT NULL,"
                + " c text GENERATED ALWAYS AS (repeat('x', a)) STORED, d int GENERATED ALWAYS AS (a + 1))",
                "INSERT INTO virtual SELECT n FROM generate_series(1, 20) n",
                "CREATE EXTENSION btree_gist", "CREATE TABLE barely (id int CONSTRAINT id_there NOT NULL NO INHERIT,"
                        + " w int, CONSTRAINT w_positive CHECK (w > 0) NOT ENFORCED)",
                "INSERT INTO barely VALUES (1, -1), (2, NULL)", "COMMENT ON CONSTRAINT id_there ON barely IS 'x'",
                "CREATE TABLE prices (item int, valid daterange, price numeric, PRIMARY KEY (item, valid WITHOUT"
                        + " OVERLAPS), UNIQUE (price, item, valid WITHOUT OVERLAPS))",
                "INSERT INTO prices SELECT n, daterange('2024-01-01'::date + d, '2024-01-11'::date + d), n + d / 10.0"
                        + " FROM generate_series(1, 20) n, generate_series(0, 90, 10) d",
                "CREATE TABLE sold (id int PRIMARY KEY, item int, during daterange, price int, FOREIGN KEY (item,"
                        + " PERIOD during) REFERENCES prices (item, PERIOD valid))",
                "INSERT INTO sold SELECT n, 1 + n % 20, '[2024-01-05,2024-02-05)', n FROM generate_series(1, 50) n",
                "CREATE TABLE bought (id int REFERENCES sold NOT ENFORCED)", "INSERT INTO bought VALUES (1), (-1)",
                "CREATE TABLE sevens (id uuid DEFAULT uuidv7() PRIMARY KEY, n int)",
                "INSERT INTO sevens (n) SELECT generate_series(1, 300)",
                "INSERT INTO sevens VALUES (uuidv7('-10 years'), 0), (uuidv4(), NULL)",
                "CREATE COLLATION fast (provider = builtin, locale = 'PG_UNICODE_FAST')",
                "CREATE TABLE sorted (t text COLLATE fast PRIMARY KEY, u text COLLATE pg_c_utf8)",
                "INSERT INTO sorted SELECT chr(n), upper(chr(n)) FROM generate_series(200, 700) n",
                "CREATE INDEX folded ON sorted (casefold(t))",
                "CREATE TABLE endless (a interval, b numeric(3, -2), c numeric(2, 5), d xid8, e pg_snapshot, f int8)",
                "INSERT INTO endless VALUES ('infinity', 12345, 0.00012, '18446744073709551615', '10:20:10,14,15',"
                        + " 0x7fff_ffff_ffff_ffff), ('-infinity', -99900, -0.00099, '0', NULL, -0b1),"
                        + " (NULL, NULL, NULL, NULL, NULL, NULL)",
                "CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, day date, EXCLUDE USING gist (day WITH ="
                        + ", id WITH =)) PARTITION BY RANGE (day)",
                "CREATE TABLE numbered_1 PARTITION OF numbered FOR VALUES FROM (MINVALUE) TO ('2025-01-01')",
                "CREATE TABLE numbered_2 PARTITION OF numbered DEFAULT",
                "INSERT INTO numbered (day) SELECT '2024-06-01'::date + n FROM generate_series(1, 400) n",
                "GRANT MAINTAIN ON sorted TO clerk",
                "CREATE PUBLICATION news FOR TABLE virtual (a, c) WHERE (a > 3) WITH (publish_generated_columns ="
                        + " stored)");
    }
}
