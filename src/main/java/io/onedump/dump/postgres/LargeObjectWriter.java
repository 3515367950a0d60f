package io.onedump.dump.postgres;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.onedump.database.postgres.LargeObjects;
import io.onedump.database.postgres.PgSession;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;
import io.onedump.dump.format.Xxh64;

/** Writes large objects: statements that make them, and others that put parts into objects that are there. */
final class LargeObjectWriter {

    private static final int MOST_SQL = 7 << 20;

    /** Each statement on one line. The search path is empty, so that the functions are the system's. */
    private static final String OBJECTS = """
            SELECT oid, concat('SELECT pg_catalog.lo_create(''', oid, E''');\\nALTER', me, ' OWNER TO ', owner, E';\\n',
            'COMMENT ON' || me || ' IS ' || %s || E';\\n',
            (SELECT string_agg(concat('SECURITY LABEL FOR ', quote_ident(provider), ' ON', me, ' IS ', %s, E';\\n'), '')
            FROM pg_seclabel WHERE objoid = m.oid AND classoid = 'pg_largeobject'::regclass),
            CASE WHEN lomacl IS NOT NULL THEN concat('REVOKE ALL ON', me, ' FROM ', owner, E';\\n') END,
            (SELECT string_agg(concat('SET SESSION AUTHORIZATION ' || other || '; ', 'GRANT ', privilege_type, ' ON',
            me, ' TO ', CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
            CASE WHEN is_grantable THEN ' WITH GRANT OPTION' END, ';',
            CASE WHEN other <> '' THEN ' RESET SESSION AUTHORIZATION;' END, E'\\n'), '') FROM (SELECT *,
            CASE WHEN grantor <> lomowner THEN quote_ident(pg_get_userbyid(grantor)) END AS other
            FROM aclexplode(lomacl)) g))
            FROM pg_largeobject_metadata m, LATERAL (SELECT ' LARGE OBJECT ' || oid AS me,
            quote_ident(pg_get_userbyid(lomowner)) AS owner) n WHERE oid >""".formatted(
            literal("obj_description(oid, 'pg_largeobject')"), literal("label"));

    private final FrameWriter frames;
    private final ByteArrayOutputStream sql = new ByteArrayOutputStream();
    private final List<DumpIndex.Piece> pieces = new ArrayList<>();
    private long rows;
    private long count;
    private long digest;

    LargeObjectWriter(FrameWriter frames) {
        this.frames = frames;
    }

    /** An expression's value as text on one line. */
    private static String literal(String value) {
        return "'E''' || replace(replace(replace(" + value
                + ", E'\\\\', E'\\\\\\\\'), '''', ''''''), E'\\n', E'\\\\n') || ''''";
    }

    /**
     * What makes them, with owners, remarks and grants. Not as pg_dump says it: from 17 on it has that in the section
     * with the contents.
     */
    void objects(PgSession session, List<DumpIndex.Part> parts) throws IOException {
        String last = "0";
        while (true) {
            List<List<String>> objects =
                    session.query(OBJECTS + last + " ORDER BY oid LIMIT 4000", "listing large objects");
            if (objects.isEmpty()) {
                return;
            }
            last = objects.get(objects.size() - 1).get(0);
            parts.add(new DumpIndex.Part(DumpIndex.Kind.PRE_DATA, null, "LARGE OBJECTS", null, frames.frame(
                    objects.stream().map(object -> object.get(1)).collect(Collectors.joining()))));
        }
    }

    /** All contents, as an entry of the index. */
    DumpIndex.Table write(PgSession session) throws IOException {
        new LargeObjects(session, this::part).read();
        endFrame();
        return new DumpIndex.Table("pg_catalog", "pg_largeobject", "large-objects", List.of("loid", "place", "data"),
                "loid, place, pg_catalog.encode(data, 'hex')", "", count, digest, pieces);
    }

    private void part(String object, long place, byte[] row, int from, int digits, int end) throws IOException {
        if (sql.size() + end - digits > MOST_SQL) {
            endFrame();
        }
        sql.writeBytes(("SELECT pg_catalog.lo_put(" + object + ", " + place + ", '\\x")
                .getBytes(StandardCharsets.US_ASCII));
        sql.write(row, digits, end - digits);
        sql.writeBytes("');\n".getBytes(StandardCharsets.US_ASCII));
        digest += Xxh64.hash(row, from, end - from);
        rows++;
        count++;
    }

    private void endFrame() throws IOException {
        if (sql.size() > 0) {
            pieces.add(new DumpIndex.Piece(frames.frame(sql.toByteArray()), 0, rows));
        }
        sql.reset();
        rows = 0;
    }
}
