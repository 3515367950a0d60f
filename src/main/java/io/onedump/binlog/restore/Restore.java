package io.onedump.binlog.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.archive.Archive;
import io.onedump.database.client.ClientProgram;
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
        int timeline = timeline(request);
        RestorePlan plan = new RestorePlanner(archive, file -> archive.open(timeline, file))
                .plan(timeline, request.from(), request.stop(), request.leaveOut());
        engine(request).check(plan, request.target());
        return plan;
    }

    /**
     * Fetches and checks the files, then loads the dump if there is one, then applies the files.
     *
     * @throws RestoreException when it cannot be done, in which case the target is untouched, or when it failed
     */
    public RestorePlan run(RestoreRequest request) throws IOException, InterruptedException {
        int timeline = timeline(request);
        RestoreEngine engine = engine(request);
        try (FetchedFiles files = new FetchedFiles(archive, timeline, request.work())) {
            RestorePlan plan = new RestorePlanner(archive, files)
                    .plan(timeline, request.from(), request.stop(), request.leaveOut());
            engine.check(plan, request.target());
            plan.lines().forEach(LOG::info);
            if (request.dump() != null) {
                load(request, files.folder());
                LOG.info("loaded {}", request.dump().artifact().name());
            }
            engine.apply(plan, files.first(plan.files().size()), request.target());
            LOG.info("restored up to {}, {} transactions", plan.stop(), plan.transactions());
            return plan;
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
