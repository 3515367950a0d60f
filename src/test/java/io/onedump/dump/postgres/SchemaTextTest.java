package io.onedump.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

class SchemaTextTest {

    private static final String TEXT = """
            --
            -- PostgreSQL database dump
            --

            SET statement_timeout = 0;

            --
            -- TOC entry 7 (class 1255 OID 16500)
            -- Name: f(text); Type: FUNCTION; Schema: public; Owner: me
            --

            CREATE FUNCTION public.f(t text) RETURNS text LANGUAGE sql AS $$
            --
            -- TOC entry 9 (class 1259 OID 1)
            -- Name: false; Type: TABLE; Schema: public; Owner: me
            --
            SELECT 'x' $$;


            ALTER FUNCTION public.f(t text) OWNER TO me;

            SET default_tablespace = '';

            SET default_table_access_method = heap;

            --
            -- TOC entry 8 (class 1259 OID 16501)
            -- Name: a; Type: B; Type: TABLE; Schema: sales; Owner: me; Tablespace: fast
            --

            CREATE TABLE sales.a ();


            SET default_tablespace = fast;

            --
            -- TOC entry 10 (class 1259 OID 16502)
            -- Name: t; Type: TABLE; Schema: sales; Owner: me
            --

            CREATE TABLE sales.t ();


            --
            -- TOC entry 11 (class 0 OID 0)
            -- Dependencies: 10 7
            -- Name: TABLE t; Type: COMMENT; Schema: sales; Owner: me
            --

            COMMENT ON TABLE sales.t IS 'it''s
            --
            -- TOC entry 12 (class 1259 OID 1)
            ';


            -- Completed on 2026-11-30 14:34:41 UTC

            --
            -- PostgreSQL database dump complete
            --

            """;

    @Test
    void cutsAtTheCommentsBeforeObjectsAndNotAtTheirLikesInTexts() {
        List<SchemaEntry> entries = SchemaText.of(TEXT);

        assertThat(entries).extracting(SchemaEntry::name).containsExactly("f(text)", "a; Type: B", "t", "TABLE t");
        assertThat(entries).extracting(SchemaEntry::type).containsExactly("FUNCTION", "TABLE", "TABLE", "COMMENT");
        assertThat(entries.get(0).sql()).startsWith("CREATE FUNCTION").endsWith("OWNER TO me;\n");
        assertThat(entries.get(0).key()).isEqualTo(Dependencies.key(1255, 16500));
        assertThat(entries.get(3).needs()).containsExactly(10, 7);
        assertThat(entries.get(3).sql()).endsWith("';\n").doesNotContain("Completed");
    }

    @Test
    void givesEachTableWhatWasSetBeforeIt() {
        List<SchemaEntry> entries = SchemaText.of(TEXT);

        assertThat(entries.get(1).sql()).isEqualTo("SET default_tablespace = '';\nSET default_table_access_method ="
                + " heap;\nCREATE TABLE sales.a ();\n");
        assertThat(entries.get(2).sql()).isEqualTo("SET default_tablespace = fast;\nSET default_table_access_method ="
                + " heap;\nCREATE TABLE sales.t ();\n");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> SchemaText.of("--\n-- TOC entry 9 (in another way)\n"))
                .hasMessageContaining("pg_dump wrote of an object in a way that is not known here");
        assertThat(SchemaText.of("--\n-- PostgreSQL database dump\n--\n")).isEmpty();
    }
}
