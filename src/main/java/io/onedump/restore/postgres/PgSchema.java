package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpIndex;

/** Makes everything but rows. */
final class PgSchema {

    /** The last statement of an object's, on its lines. */
    private static final Pattern OWNER = Pattern.compile("\\n\\s*ALTER [A-Z ]+ [^\\n]* OWNER TO [^\\n]*;\\s*\\z");
    /** Of a schema, type, table, function, or another object, that there is already. */
    private static final Set<String> DUPLICATE =
            Set.of("42P06", "42710", "42P07", "42723", "42P05", "42701");
    private static final Set<String> MISSING = Set.of("42P01", "42704", "3F000");
    private static final Set<String> AGAIN = Set.of("40P01", "40001");
    private static final int MOST_ATTEMPTS = 10;

    private final PgPlan plan;
    private final Consumer<String> tell;
    private final Set<Integer> left = new HashSet<>();

    PgSchema(PgPlan plan, Consumer<String> tell) {
        this.plan = plan;
        this.tell = tell;
    }

    /** All that comes before the rows, in the transaction that is open. */
    void before(PgTarget target) throws IOException {
        for (DumpIndex.Part part : plan.before()) {
            if (PgPlan.isRemark(part) && part.needs().stream().anyMatch(left::contains) && plan.isSupport(part)) {
                // On what was there.
                continue;
            }
            if (isSchema(part) && isThere(target, part)) {
                left.add(part.frame());
            } else if (plan.isSupport(part)) {
                optional(target, part, DUPLICATE, null);
            } else if (part.name().startsWith("COMMENT ")) {
                optional(target, part, Set.of("42501"), "is left out, since it is another's object");
            } else {
                target.run(text(part), PgPlan.what(part));
            }
        }
    }

    static boolean isSchema(DumpIndex.Part part) {
        return part.kind() == DumpIndex.Kind.PRE_DATA && part.name().startsWith("SCHEMA ");
    }

    private static boolean isThere(PgTarget target, DumpIndex.Part part) throws IOException {
        return target.value("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = "
                + PgSql.text(part.name().substring("SCHEMA ".length()))) != null;
    }

    /** @param told null for what need not be told */
    private void optional(PgTarget target, DumpIndex.Part part, Set<String> states, String told) throws IOException {
        target.query("SAVEPOINT part");
        try {
            target.run(text(part), PgPlan.what(part));
        } catch (PgException e) {
            if (!states.contains(e.state())) {
                throw e;
            }
            target.query("ROLLBACK TO SAVEPOINT part");
            left.add(part.frame());
            if (told != null) {
                tell.accept(PgPlan.what(part) + " " + told);
            }
        }
        target.query("RELEASE SAVEPOINT part");
    }

    /** One object that comes after the rows. */
    void after(PgTarget target, DumpIndex.Part part, PgJournal journal) throws IOException {
        String text = text(part);
        for (int attempt = 1;; attempt++) {
            try {
                journal.once(target, part.frame(), () -> target.run(text, PgPlan.what(part)));
                return;
            } catch (PgException e) {
                if (plan.choice().isOfTables() && MISSING.contains(e.state())
                        && part.name().startsWith("FK CONSTRAINT ")) {
                    tell.accept(PgPlan.what(part) + " is left out: " + e.serverMessage());
                    return;
                }
                if (!AGAIN.contains(e.state()) || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The values of sequences know no transactions. */
    void values(PgTarget target) throws IOException {
        for (DumpIndex.Part part : plan.values()) {
            target.run(plan.text(part), "value of sequence " + part.database() + "." + part.name());
        }
    }

    private String text(DumpIndex.Part part) throws IOException {
        String text = plan.text(part);
        if (!plan.isWithoutOwners()) {
            return text;
        }
        if (PgPlan.isOfLargeObjects(part)) {
            return text.replaceAll("(?md)^(ALTER|REVOKE|GRANT|SET) .*$", "");
        }
        for (Matcher owner = OWNER.matcher(text); owner.find(); owner = OWNER.matcher(text)) {
            text = text.substring(0, owner.start() + 1);
        }
        return text;
    }

}
