package io.onedump.restore.mysql;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.Restore;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.restore.rows.FrameCheck;
import io.onedump.restore.rows.RowLoads;

/**
 * Brings a native dump of MySQL or MariaDB back, whole or in part: tables with the keys that their rows need, rows by
 * several connections, then the other keys, what refers to other tables, and everything that is no table. What broke
 * off goes on where it was when it is asked for again.
 */
public final class NativeRestore implements Restore {

    private static final List<String> TRANSACTIONAL = List.of("InnoDB", "ROCKSDB");
    /** Fewer bytes of rows are loaded as quickly with all keys. */
    private static final long WORTH_DEFERRING = 4 << 20;

    private long worthDeferring = WORTH_DEFERRING;

    private final Threads threads;
    private final MySqlSettings settings;
    private final int parallel;
    private final NativePlan plan;
    private final RestoreListener listener;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param database the one that the target's DSN names, or null
     * @param parallel so many connections load
     */
    public NativeRestore(Threads threads, DumpFile file, RestoreChoice choice, MySqlSettings settings, String database,
            int parallel, RestoreListener listener) throws IOException {
        this.threads = threads;
        this.settings = settings;
        this.parallel = parallel;
        this.listener = listener;
        this.plan = new NativePlan(file, choice, database);
    }

    /**
     * Looks at the target and says what would be done, for people.
     *
     * @throws RestoreException when it could not be done
     */
    @Override
    public List<String> plan() throws IOException {
        try (TargetSession target = TargetSession.open(settings, plan.head())) {
            TargetState state = TargetState.look(target, plan);
            Journal journal = journal(target);
            return new PlanText(plan, state, settings.address(), parallel, journal != null).lines();
        }
    }

    /** From how many bytes of rows on a table gets its keys after them. */
    NativeRestore deferringFrom(long bytes) {
        worthDeferring = bytes;
        return this;
    }

    /** Reads what is there, and compares it with what the dump says of it; changes nothing. */
    @Override
    public RestoreResult compare() throws IOException {
        List<String> different = new Comparison(threads, settings, plan, parallel, listener).run();
        return result(plan.tables().size(), different);
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
        List<TargetSession> sessions = new ArrayList<>();
        try {
            TargetSession first = TargetSession.open(settings, plan.head());
            sessions.add(first);
            TargetState state = TargetState.look(first, plan);
            Journal journal = journal(first);
            if (journal == null && !state.present().isEmpty() && !plan.choice().replace()) {
                throw new RestoreException("on the target there is already " + Names.some(state.present())
                        + ": --replace removes what has those names, --into-database restores beside it");
            }
            state.notes().forEach(this::warn);
            while (sessions.size() < parallel && !plan.tables().isEmpty()) {
                sessions.add(TargetSession.open(settings, plan.head()));
            }
            return run(sessions, journal, verify);
        } finally {
            for (TargetSession session : sessions) {
                session.close();
            }
        }
    }

    private RestoreResult run(List<TargetSession> sessions, Journal found, boolean verify) throws IOException {
        TargetSession first = sessions.get(0);
        Schema schema = new Schema(first, plan, this::warn);
        Journal journal = found;
        if (journal == null) {
            listener.doing("checking frames");
            FrameCheck.run(threads, plan, parallel);
            listener.doing("making tables");
            schema.databases();
            journal = Journal.create(first, place(), plan.identity());
        } else {
            listener.doing("going on with the restore that broke off");
        }
        Map<DumpIndex.Table, TableDefinition> deferred = schema.tables(journal, this::isWorthDeferring);
        if (found != null) {
            beginAnew(first, journal);
        }
        Journal done = journal;
        new RowLoads<>(plan.file(), plan.tables(), done::isDone,
                table -> deferred.containsKey(table) ? List.of(table) : List.of(), List.of(), listener)
                .run(threads, "restore " + settings.address(), sessions,
                        session -> new TableLoader(session, plan, done, deferred));
        schema.references();
        schema.after(journal, false);
        Comparison comparison = new Comparison(threads, settings, plan, parallel, listener);
        List<String> different = verify ? comparison.run() : List.of();
        schema.after(journal, true);
        journal.drop(first);
        return result(verify ? plan.tables().size() : 0, different);
    }

    private boolean isWorthDeferring(DumpIndex.Table table) {
        return table.engine().equals("InnoDB") && plan.file().bytes(table) >= worthDeferring;
    }

    /** Tables without transactions of which not all had come in: nobody knows which rows are there. */
    private void beginAnew(TargetSession target, Journal journal) throws IOException {
        for (DumpIndex.Table table : plan.tables()) {
            List<Integer> frames = table.pieces().stream().map(DumpIndex.Piece::frame).toList();
            if (!TRANSACTIONAL.contains(table.engine()) && frames.stream().anyMatch(frame -> !journal.isDone(frame))) {
                target.query("TRUNCATE TABLE " + Sql.name(plan.targets().get(table.database()), table.name()));
                journal.forget(target, frames);
            }
        }
    }

    private Journal journal(TargetSession target) throws IOException {
        return Journal.find(target, List.copyOf(plan.targets().values()), plan.identity());
    }

    private String place() throws IOException {
        return plan.targets().values().stream().findFirst().orElseThrow(
                () -> new RestoreException("the dump has no database: nothing would be restored"));
    }

    private void warn(String what) {
        warnings.add(what);
        listener.noted(what);
    }

    static boolean isMissing(MySqlException e) {
        // ER_NO_SUCH_TABLE, ER_SP_DOES_NOT_EXIST, ER_VIEW_INVALID: what it needs may come later.
        return e.code() == 1146 || e.code() == 1305 || e.code() == 1356;
    }
}
