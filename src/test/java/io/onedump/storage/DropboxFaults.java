package io.onedump.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import io.onedump.servers.CloudRequest;
import io.onedump.servers.FakeDropbox;
import io.onedump.servers.HttpFault;
import io.onedump.storage.dropbox.DropboxOptions;
import io.onedump.storage.dropbox.DropboxStorage;
import org.junit.jupiter.api.AfterAll;

class DropboxFaults extends FaultPlans {

    private static final int CHUNK = 1024 * 1024;

    private final FakeDropbox server = FakeDropbox.start(20);
    private int planned;

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (String stage : List.of("start", "append_v2", "finish", "token")) {
            Predicate<CloudRequest> where = request -> request.path().endsWith("/" + stage);
            boolean hasBytes = stage.equals("start") || stage.equals("append_v2");
            plans.add(plan("reset while sending at " + stage, HttpFault.cutRequest(hasBytes ? 100_000 : 0, where)));
            plans.add(plan("answer lost at " + stage, HttpFault.cutAnswer(where)));
            plans.add(plan("answer truncated at " + stage, HttpFault.truncatedAnswer(where)));
            plans.add(plan("429 with Retry-After at " + stage, HttpFault.status(429, Duration.ofSeconds(1), where)));
            plans.add(plan("500 twice at " + stage, HttpFault.status(500, null, where),
                    HttpFault.status(500, null, where)));
            plans.add(plan("503 for good at " + stage,
                    Collections.nCopies(50, HttpFault.status(503, null, where)).toArray(HttpFault[]::new)));
            Duration stall = stage.equals("append_v2") ? LONG_STALL : STALL;
            plans.add(plan(stall + " stall at " + stage, HttpFault.stall(stall, where)));
            if (!stage.equals("token")) {
                plans.add(plan("token expired at " + stage, HttpFault.expiredToken(where)));
            }
        }
        return plans;
    }

    private Plan plan(String name, HttpFault... faults) {
        return new Plan(name, 3L * CHUNK + 77, () -> {
            planned = faults.length;
            server.plan(faults);
        });
    }

    @Override
    Storage open() {
        return new DropboxStorage(server.client().files(), "", new DropboxOptions(Verify.AUTO, CHUNK, QUICK));
    }

    @Override
    List<String> leftovers() {
        return List.of();
    }

    @Override
    boolean happened() {
        return server.fired() > 0 && server.fired() <= planned;
    }

    @Override
    void heal() {
        server.plan();
    }
}
