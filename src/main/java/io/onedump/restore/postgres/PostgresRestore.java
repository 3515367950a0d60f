package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.onedump.artifact.ShortList;
import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.Restore;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.restore.rows.FrameCheck;

/**
 * Brings a native dump of PostgreSQL back, whole or in part: what comes before the rows in one transaction, rows by
 * several connections, then indexes and everything else. What broke off goes on where it was when it is asked for
 * again.
 */
public final class PostgresRestore implements Restore {

    private static final int SHOWN = 5;

    private final Threads threads;
    private final PgSettings settings;
    private final int parallel;
    private final PgPlan plan;
    private final RestoreListener listener;
    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param settings with the database into which it goes
     * @param parallel so many connections load
     */
    public PostgresRestore(Threads threads, DumpFile file, RestoreChoice choice, PgSettings settings, int parallel,
            RestoreListener listener) throws IOException {
        this.threads = threads;
        this.settings = settings;
        this.parallel = parallel;
        this.listener = listener;
        this.plan = new PgPlan(file, choice, settings.database());
    }

    /**
     * Looks at the target and says what would be done, for people.
     *
     * @throws RestoreException when it could not be done
     */
    @Override
    public List<String> plan() throws IOException {
        try (PgTarget target = PgTarget.open(settings, plan.head())) {
            PgState state = PgState.look(target, plan);
            PgJournal journal = PgJournal.find(target, plan.identity());
            return PgPlanText.lines(plan, state, settings, parallel, journal != null);
        }
    }

    /** Reads what is there, and compares it with what the dump says of it; changes nothing. */
    @Override
    public RestoreResult compare() throws IOException {
        return result(plan.tables().size(),
                new PgComparison(threads, settings, plan, parallel, listener).run());
    }

    private RestoreResult result(int compared, List<String> different) {
        return new RestoreResult(plan.tableCount(), plan.rows(),
                compared, different, warnings);
    }

    /**
     * Does it.
     *
     * @param  verify           whether what came back is read and compared with what the dump says of it
     * @throws RestoreException when it cannot be done, in which case the target is as it was, or when it broke off
     */
    @Override
    public RestoreResult run(boolean verify) throws IOException {
        List<PgTarget> targets = new ArrayList<>();
        try {
            PgTarget first = PgTarget.open(settings, plan.head());
            targets.add(first);
            if (!plan.makesTables() && !withoutTriggers(first)) {
                warn("the account may not set session_replication_role: triggers of the tables fire for each row, and"
                        + " what refers to other tables is checked");
            }
            PgJournal journal = PgJournal.find(first, plan.identity());
            if (journal == null) {
                journal = begin(first);
            } else {
                listener.doing("going on with the restore that broke off");
            }
            while (targets.size() < parallel && !(plan.tables().isEmpty() && plan.indexes().isEmpty())) {
                targets.add(PgTarget.open(settings, plan.head()));
                if (!plan.makesTables()) {
                    withoutTriggers(targets.get(targets.size() - 1));
                }
            }
            return load(targets, journal, verify);
        } finally {
            for (PgTarget target : targets) {
                target.close();
            }
        }
    }

    /** All that comes before the rows, or nothing. */
    private PgJournal begin(PgTarget first) throws IOException {
        PgState state = PgState.look(first, plan);
        if (!state.present().isEmpty() && !plan.choice().replace()) {
            throw new RestoreException("on the target there is already " + ShortList.of(state.present(), SHOWN)
                    + ": --replace removes what has those names; another database holds it beside that");
        }
        state.notes().forEach(this::warn);
        listener.doing("checking frames");
        FrameCheck.run(threads, plan, parallel);
        listener.doing("making tables");
        first.query("BEGIN");
        try {
            if (plan.choice().replace()) {
                PgReplacing.run(first, state);
            }
            new PgSchema(plan, this::warn).before(first);
            PgJournal journal = PgJournal.create(first, place(first), plan.identity());
            first.query("COMMIT");
            return journal;
        } catch (IOException e) {
            rollBack(first);
            throw e;
        }
    }

    private static void rollBack(PgTarget target) {
        try {
            target.query("ROLLBACK");
        } catch (IOException e) {
            // With the connection the transaction is gone too.
        }
    }

    /** The schema of the first table, where whoever makes tables may make the journal. */
    private String place(PgTarget target) throws IOException {
        for (DumpIndex.Part part : plan.before()) {
            if (part.kind() == DumpIndex.Kind.TABLE) {
                return part.database();
            }
        }
        for (DumpIndex.Table table : plan.tables()) {
            if (!PgPlan.isLargeObjects(table)) {
                return table.database();
            }
        }
        return target.value("SELECT nspname FROM pg_catalog.pg_namespace WHERE pg_catalog.has_schema_privilege(oid,"
                + " 'CREATE') AND nspname !~ '^pg_' ORDER BY nspname <> 'public', nspname LIMIT 1");
    }

    /** Rows into tables that have their triggers and references already. */
    private static boolean withoutTriggers(PgTarget target) throws IOException {
        try {
            target.query("SET session_replication_role = replica");
            return true;
        } catch (PgException e) {
            return false;
        }
    }

    private RestoreResult load(List<PgTarget> targets, PgJournal journal, boolean verify) throws IOException {
        PgTarget first = targets.get(0);
        PgSchema schema = new PgSchema(plan, this::warn);
        PgFrameLoader one = new PgFrameLoader(first, plan.file(), journal);
        for (DumpIndex.Table table : plan.ofExtensions()) {
            for (DumpIndex.Piece piece : table.pieces()) {
                one.load(table, piece);
            }
        }
        PgLoader.loads(plan, journal, listener).run(threads, "restore " + settings.address(), targets,
                target -> new PgLoader(target, plan, schema, journal));
        listener.doing("making what refers to others");
        schema.values(first);
        for (DumpIndex.Part part : plan.after()) {
            schema.after(first, part, journal);
        }
        analyze(targets);
        List<String> different =
                verify ? new PgComparison(threads, settings, plan, parallel, listener).run() : List.of();
        journal.drop(first);
        return result(verify ? plan.tables().size() : 0, different);
    }

    /** What the server plans by. */
    private void analyze(List<PgTarget> targets) throws IOException {
        Queue<DumpIndex.Table> tables = new ConcurrentLinkedQueue<>(plan.tables());
        Together.run(threads, "analyze " + settings.address(), targets, target -> {
            for (DumpIndex.Table table = tables.poll(); table != null; table = tables.poll()) {
                if (!PgPlan.isLargeObjects(table)) {
                    target.query("ANALYZE " + PgSql.name(table.database(), table.name()));
                }
            }
        }, tables::clear);
    }

    private void warn(String what) {
        warnings.add(what);
        listener.noted(what);
    }
}
