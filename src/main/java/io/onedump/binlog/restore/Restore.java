package io.onedump.binlog.restore;

import java.io.IOException;
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
public final class Restore {

    private static final Logger LOG = CleanLog.of(Restore.class);

    private final Archive archive;

    public Restore(Archive archive) {
        this.archive = archive;
    }

    /**
     * Finds out what a restore would do, reading the archive as it would, and changes nothing.
     *
     * @throws RestoreException when it could not be done
     */
    public RestorePlan plan(RestoreRequest request) throws IOException {
        RestorePlan plan = plan(timeline(request), request.from(), request.stop(), request.leaveOut(),
                request.dump() != null, request.part());
        check(request, plan);
        return plan;
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
        return new RestorePlanner(archive, file -> archive.open(timeline, file)).plan(timeline, start, stop, leaveOut,
                orNone, part);
    }

    /** Refuses what the target could not do of a plan; changes nothing. */
    public void check(RestoreRequest request, RestorePlan plan) throws IOException {
        engine(request).check(plan, request.target());
    }

    /**
     * Fetches and checks the files, then loads the dump if there is one, then applies the files.
     *
     * @throws RestoreException when it cannot be done, in which case the target is untouched, or when it failed
     */
    public RestorePlan run(RestoreRequest request) throws IOException, InterruptedException {
        return run(request, request.dump() != null, folder -> {
            if (request.dump() != null) {
                load(request, folder);
                LOG.info("loaded {}", request.dump().artifact().name());
            }
        });
    }

    /** How the state of the start comes into the target. */
    public interface Loading {

        /** @param folder that only this user may enter */
        void into(Path folder) throws IOException, InterruptedException;
    }

    /**
     * Fetches and checks the files, then loads, then applies the files.
     *
     * @param orNone whether it is all right that there is no transaction to apply
     * @throws RestoreException when it cannot be done, in which case the target is untouched, or when it failed
     */
    public RestorePlan run(RestoreRequest request, boolean orNone, Loading loading)
            throws IOException, InterruptedException {
        int timeline = timeline(request);
        RestoreEngine engine = engine(request);
        try (FetchedFiles files = new FetchedFiles(archive, timeline, request.work())) {
            RestorePlan plan = new RestorePlanner(archive, files)
                    .plan(timeline, request.from(), request.stop(), request.leaveOut(), orNone, request.part());
            engine.check(plan, request.target());
            plan.lines().forEach(LOG::info);
            try (GlobalSetting events = withoutEvents(request.target())) {
                loading.into(files.folder());
                if (!plan.isEmpty()) {
                    engine.apply(plan, files.first(plan.files().size()), request.target());
                }
            }
            LOG.info("restored up to {}, {} transactions", plan.stop(), plan.transactions());
            return plan;
        }
    }

    /** Events that are back would change rows before the end is reached. Null where none run, or nobody may say so. */
    private static GlobalSetting withoutEvents(MySqlSettings target) throws IOException {
        try (MySqlSession session = MySqlSession.connect(target)) {
            boolean run = GlobalSetting.value(session, "event_scheduler").filter("ON"::equals).isPresent();
            return run ? GlobalSetting.set(target, "event_scheduler", "OFF") : null;
        } catch (MySqlException e) {
            LOG.warn("events of the target run while it is restored: {}", e.getMessage());
            return null;
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
}
