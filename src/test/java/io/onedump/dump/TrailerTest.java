package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.onedump.artifact.process.Completion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ends of dumps, as the tools write them. */
class TrailerTest {

    private static final String POSTGRES = "ALTER TABLE ONLY public.orders ENABLE TRIGGER ALL;\n\n\n"
            + "--\n-- PostgreSQL database dump complete\n--\n\n";
    private static final String UNRESTRICTED = POSTGRES + "\\unrestrict"
            + " kHx0SnV8fC0Wl4qeIhHVYmV8jGfEOTyuZ0pK1mZ4Rk3\n\n";
    private static final String CLUSTER = "\\unrestrict kHx0SnV8fC0Wl4\n\n--\n-- PostgreSQL database cluster dump"
            + " complete\n"
            + "--\n\n";

    @ParameterizedTest
    @ValueSource(strings = {
            "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;\n\n-- Dump completed on 2026-11-23  6:41:02\n",
            "/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */;\n\n-- Dump completed on 2026-11-23  6:41:02\n",
            "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;\n\n-- Dump completed\n",
            "-- Dump completed on 2026-11-23  6:41:02\n"})
    void seesTheEndOfMysqldump(String tail) {
        assertThat(Trailer.MYSQL.isSeenIn(tail)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "",
            "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;\n\n",
            "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;\n\n-- Dump comp",
            "INSERT INTO notes VALUES ('-- Dump completed on 2020-01-01  0:00:00",
            "-- Dump completed on 2026-11-23  6:41:02\nINSERT INTO t VALUES (1);\n"})
    void isNotTakenInByHalfADumpOfMysqldump(String tail) {
        assertThat(Trailer.MYSQL.isSeenIn(tail)).isFalse();
    }

    @Test
    void seesTheEndOfXml() {
        assertThat(Trailer.MYSQL_XML.isSeenIn("</database>\n</mysqldump>\n")).isTrue();
        assertThat(Trailer.MYSQL_XML.isSeenIn("</database>\n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {POSTGRES, UNRESTRICTED})
    void seesTheEndOfPgDump(String tail) {
        assertThat(Trailer.POSTGRES.isSeenIn(tail)).isTrue();
        assertThat(Trailer.POSTGRES_CLUSTER.isSeenIn(tail)).isFalse();
    }

    @Test
    void seesTheEndOfPgDumpall() {
        assertThat(Trailer.POSTGRES_CLUSTER.isSeenIn(CLUSTER)).isTrue();
        assertThat(Trailer.POSTGRES.isSeenIn(CLUSTER)).isFalse();
    }

    /** pg_dumpall writes the ends of its databases too. */
    @Test
    void doesNotTakeTheEndOfADatabaseForTheEndOfTheServer() {
        assertThat(Trailer.POSTGRES_CLUSTER.isSeenIn(UNRESTRICTED + "--\n-- Database \"shop\""
                + " dump\n--\n\n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "",
            "ALTER TABLE ONLY public.orders ENABLE TRIGGER ALL;\n",
            "\n--\n-- PostgreSQL database dump comp",
            POSTGRES + "\\unrestrict abc\nCREATE TABLE t();\n",
            POSTGRES + "COPY public.t (id) FROM stdin;\n"})
    void isNotTakenInByHalfADumpOfPgDump(String tail) {
        assertThat(Trailer.POSTGRES.isSeenIn(tail)).isFalse();
    }

    @Test
    void asksForNothingWhereThereIsNoTrailer() {
        assertThat(Completion.EXIT_CODE.isSeenIn("\u0000\u00ff")).isTrue();
    }
}
