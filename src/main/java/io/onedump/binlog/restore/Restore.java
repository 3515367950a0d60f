package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.archive.Archive;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.tool.MySqlClient;
import io.onedump.restore.tool.ScriptLoader;
import org.slf4j.Logger;

/** Brings a server to any moment that an archive covers. */
public final class Restore implements Closeable {

    private static final Logger LOG = CleanLog.of(Restore.class);

    private final Archive archive;
    private final FetchedFiles files;

    private Restore(Archive archive, FetchedFiles files) {
        this.archive = archive;
        this.files = files;
    }

    /** One that makes plans, reading the archive. */
    public Restore(Archive archive) {
        this(archive, null);
    }

    /**
     * One that keeps what it reads of the archive on local disk until it is closed, so that what was planned can be
     * applied without reading it again.
     *
     * @param work a folder with room for the uncompressed log
     */
    public static Restore fetching(Archive archive, Path work) throws IOException {
        return new Restore(archive, new FetchedFiles(archive, work));
    }

    /**
     * Finds out what a restore would do, reading the archive as it would, and changes nothing.
     *
     * @throws RestoreException when it could not be done
     */
    public RestorePlan plan(RestoreRequest request) throws IOException {
        RestorePlan plan = unchecked(request);
        check(request, plan);
        return plan;
    }

    private RestorePlan unchecked(RestoreRequest request) throws IOException {
        return planner(timeline(request), Distributed.on(request.target())).plan(timeline(request), request.from(),
                request.stop(), request.leaveOut(), request.dump() != null, request.part());
    }

    /**
     * The same for a timeline, of the archive alone.
     *
     * @param  orNone                whether it is all right that there is no transaction to apply
     * @throws AfterTheEndException  when the start is behind the end
     * @throws OtherHistoryException when the start is of another log
     */
    public RestorePlan plan(int timeline, BinlogPosition start, StopAt stop, Set<String> leaveOut, boolean orNone,
            Part part) throws IOException {
        return planner(timeline, Set.of()).plan(timeline, start, stop, leaveOut, orNone, part);
    }

    private RestorePlanner planner(int timeline, Set<String> open) {
        return new RestorePlanner(archive, file -> files == null
                ? archive.open(timeline, file)
                : files.open(timeline, file), open);
    }

    /** Refuses what the target could not do of a plan; changes nothing. */
    public void check(RestoreRequest request, RestorePlan plan) throws IOException {
        engine(request).check(plan, request.target(), TargetJournal.left(request.target()));
        checkNames(request, plan);
        if (files == null) {
            Effort.of(request, plan).requireRoom();
        }
    }

    private static void checkNames(RestoreRequest request, RestorePlan plan) throws IOException {
        Set<String> there = plan.demands().prepared().isEmpty() ? Set.of() : Distributed.on(request.target());
        for (String id : plan.demands().prepared()) {
            if (there.contains(id)) {
                throw Distributed.there(id);
            }
        }
    }

    /** What a plan takes of disk and time, for people. */
    public List<String> effort(RestoreRequest request, RestorePlan plan) throws IOException {
        return Effort.of(request, plan).lines();
    }

    /**
     * Puts back what a restore that was killed has left changed on a server.
     *
     * @return       what was done, for people
     * @throws RestoreException when a restore is at work there
     */
    public static List<String> putBack(MySqlSettings target) throws IOException {
        return TargetJournal.putBackLeft(target);
    }

    /** What {@link #putBack} would do; changes nothing. */
    public static List<String> left(MySqlSettings target) throws IOException {
        return TargetJournal.left(target).stream().map(change -> "by a restore that was killed, and put back first: "
                + change).toList();
    }

    /**
     * Fetches and checks the files, then loads the dump if there is one, then applies the files.
     *
     * @throws RestoreException when it cannot be done, in which case the target is untouched, or when it failed
     */
    public RestorePlan run(RestoreRequest request) throws IOException, InterruptedException {
        try (Restore fetching = fetching(archive, request.work())) {
            RestorePlan plan = fetching.unchecked(request);
            fetching.run(request, plan, request.dump() == null ? null : folder -> {
                load(request, folder);
                LOG.info("loaded {}", request.dump().artifact().name());
            });
            return plan;
        }
    }

    /**
     * Writes what a restore by the tool would run as SQL, the dump first if there is one. No server is asked.
     *
     * @throws RestoreException when it cannot be done as text
     */
    public void write(RestoreRequest request, OutputStream out) throws IOException {
        ToolEngine tool = new ToolEngine(request.binlogProgram(), null);
        try (Restore fetching = fetching(archive, request.work())) {
            RestorePlan plan = fetching.planner(timeline(request), Set.of()).plan(timeline(request), request.from(),
                    request.stop(), request.leaveOut(), request.dump() != null, request.part());
            tool.checkText(plan);
            if (request.dump() != null) {
                try (InputStream sql = request.dump().open()) {
                    sql.transferTo(out);
                }
            }
            if (!plan.isEmpty()) {
                tool.write(plan, fetching.files.copies(plan.timeline(), plan.files()), out);
            }
            out.flush();
        }
    }

    /** How the state of the start comes into the target. */
    public interface Loading {

        /** @param folder that only this user may enter */
        void into(Path folder) throws IOException, InterruptedException;
    }

    /**
     * Loads, then applies the files of a plan.
     *
     * @param  plan             that this has made, and so has the files of
     * @param  loading          null when the target has the state of the start
     * @throws RestoreException when it cannot be done, in which case the target is untouched, or when it failed
     */
    public void run(RestoreRequest request, RestorePlan plan, Loading loading)
            throws IOException, InterruptedException {
        RestoreEngine engine = engine(request);
        try (TargetJournal journal = TargetJournal.open(request.target())) {
            engine.check(plan, request.target(), List.of());
            checkNames(request, plan);
            plan.lines().forEach(LOG::info);
            effort(request, plan).forEach(LOG::info);
            stopEvents(request.target(), journal);
            if (loading != null) {
                warnOfLocks(request.target());
                loading.into(files.folder());
            }
            if (!plan.isEmpty()) {
                engine.apply(plan, files.copies(plan.timeline(), plan.files()), request.target(), journal);
            }
            LOG.info("restored up to {}, {} transactions", plan.stop(), plan.transactions());
        }
    }

    private static void warnOfLocks(MySqlSettings target) throws IOException {
        Set<String> prepared = Distributed.on(target);
        if (!prepared.isEmpty()) {
            LOG.warn("the target has prepared distributed transactions, and what they touch waits until they are"
                    + " settled by XA COMMIT or XA ROLLBACK: {}", prepared);
        }
    }

    /** Events that are back would change rows before the end is reached. */
    private static void stopEvents(MySqlSettings target, TargetJournal journal) throws IOException {
        try (MySqlSession session = MySqlSession.connect(target)) {
            if (GlobalSetting.value(session, "event_scheduler").filter("ON"::equals).isPresent()) {
                journal.set("event_scheduler", "OFF");
            }
        } catch (MySqlException e) {
            LOG.warn("events of the target run while it is restored: {}", e.getMessage());
        }
    }

    private static void load(RestoreRequest request, Path folder) throws IOException {
        ClientProgram program = MySqlClient.find(request.clientProgram(), List.of("mysql", "mariadb"));
        try (MySqlClient client = MySqlClient.logIn(program, request.target(), folder, null)) {
            ScriptLoader.load(request.dump().artifact().name(), request.dump().open(), client);
        }
    }

    private static RestoreEngine engine(RestoreRequest request) {
        return request.engine() == Engine.TOOL
                ? new ToolEngine(request.binlogProgram(), request.clientProgram())
                : new ReplicaEngine(request.listenOn());
    }

    private int timeline(RestoreRequest request) throws IOException {
        if (request.timeline() > 0) {
            return request.timeline();
        }
        OptionalInt newest = archive.newestTimeline();
        return newest.orElseThrow(() -> new RestoreException("the archive is empty"));
    }

    @Override
    public void close() throws IOException {
        if (files != null) {
            files.close();
        }
    }
}
