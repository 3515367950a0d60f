package io.onedump.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import com.google.gson.JsonObject;
import io.onedump.artifact.Threads;
import io.onedump.servers.CloudAnswer;
import io.onedump.servers.CloudRequest;
import io.onedump.servers.DropboxAnswers;
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
            plans.add(lasting("503 for good at " + stage,
                    Collections.nCopies(50, HttpFault.status(503, null, where)).toArray(HttpFault[]::new)));
            Duration stall = stage.equals("append_v2") ? LONG_STALL : STALL;
            plans.add(plan(stall + " stall at " + stage, HttpFault.stall(stall, where)));
            if (!stage.equals("token")) {
                plans.add(plan("token expired at " + stage, HttpFault.expiredToken(where)));
                plans.add(plan("409 expired_access_token at " + stage,
                        HttpFault.answer(() -> DropboxAnswers.conflict("expired_access_token"), where)));
                plans.add(plan("409 too_many_write_operations at " + stage,
                        HttpFault.answer(() -> tooManyWrites(stage), where)));
            }
        }
        for (String error : List.of("not_found", "closed")) {
            plans.add(plan("session " + error + " at append", HttpFault.answer(() -> DropboxAnswers.conflict(error),
                    request -> request.path().endsWith("/append_v2"))));
            plans.add(plan("session " + error + " at finish", HttpFault.answer(
                    () -> DropboxAnswers.nested("lookup_failed", error),
                    request -> request.path().endsWith("/finish"))));
        }
        for (long offset : new long[] {0, CHUNK / 2, 17L * CHUNK}) {
            plans.add(plan("session has " + offset + " bytes at append", HttpFault.answer(() -> {
                JsonObject error = new JsonObject();
                error.addProperty(".tag", "incorrect_offset");
                error.addProperty("correct_offset", offset);
                return DropboxAnswers.conflict("incorrect_offset", error);
            }, request -> request.path().endsWith("/append_v2"))));
        }
        plans.add(plan("nothing read of a chunk", HttpFault.unread(PATIENCE.multipliedBy(3),
                request -> request.path().endsWith("/append_v2"))));
        return plans;
    }

    private static CloudAnswer tooManyWrites(String stage) {
        return stage.equals("finish")
                ? DropboxAnswers.conflict("too_many_write_operations")
                : DropboxAnswers.nested("path", "too_many_write_operations");
    }

    private Plan plan(String name, HttpFault... faults) {
        return lasting(name, faults).thatIsCured();
    }

    private Plan lasting(String name, HttpFault... faults) {
        return new Plan(name, 3L * CHUNK + 77, () -> {
            planned = faults.length;
            server.plan(faults);
        });
    }

    @Override
    Storage open() {
        return new DropboxStorage(server.client(), "", new DropboxOptions(Verify.AUTO, CHUNK, QUICK,
                new ServerTimeouts(PATIENCE, PATIENCE), Threads.daemons()));
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
