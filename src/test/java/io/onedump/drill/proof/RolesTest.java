package io.onedump.drill.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

class RolesTest {

    @Test
    void areThoseThatStatementsNameAndThatNobodyElseMakes() {
        Set<String> names = new TreeSet<>();
        Roles.add(names, String.join("\n", "ALTER TABLE public.item OWNER TO clerk;",
                "ALTER SCHEMA \"Odd\" OWNER TO \"The \"\"Boss\"\"\";",
                "GRANT SELECT ON TABLE public.item TO reader;",
                "GRANT ALL ON FUNCTION public.f(text) TO PUBLIC;",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC, other;",
                "GRANT SELECT(a),UPDATE(b) ON TABLE public.item TO reader WITH GRANT OPTION;",
                "ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA public GRANT SELECT ON TABLES TO taker;",
                "CREATE POLICY p ON public.item FOR SELECT TO one, two USING (true);",
                "CREATE USER MAPPING FOR mapped SERVER s;", ""));
        assertThat(names).containsExactlyInAnyOrder("clerk", "The \"Boss\"", "reader", "other", "maker", "taker", "one",
                "two", "mapped");
    }
}
