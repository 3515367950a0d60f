package io.onedump.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.onedump.artifact.Threads;
import io.onedump.servers.CloudRequest;
import io.onedump.servers.DriveAnswers;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.HttpFault;
import io.onedump.storage.drive.DriveOptions;
import io.onedump.storage.drive.DriveStorage;
import org.junit.jupiter.api.AfterAll;

class DriveFaults extends FaultPlans {

    private static final int CHUNK = 1024 * 1024;
    private static final long SIZE = 3L * CHUNK + 77;

    private final FakeDrive server = FakeDrive.start(20);

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    List<Plan> plans() {
        Map<String, Predicate<CloudRequest>> stages = new LinkedHashMap<>();
        stages.put("session", request -> request.path().startsWith("/upload/"));
        stages.put("first chunk", request -> range(request).startsWith("bytes 0-"));
        stages.put("second chunk", request -> range(request).startsWith("bytes " + CHUNK + "-"));
        stages.put("last chunk", request -> range(request).endsWith("/" + SIZE));
        stages.put("token", request -> request.path().equals("/token"));
        List<Plan> plans = new ArrayList<>();
        stages.forEach((stage, where) -> {
            plans.add(plan("reset while sending at " + stage,
                    HttpFault.cutRequest(stage.contains("chunk") ? 70 : 0, where)));
            plans.add(plan("answer lost at " + stage, HttpFault.cutAnswer(where)));
            plans.add(plan("answer truncated at " + stage, HttpFault.truncatedAnswer(where)));
            plans.add(plan("429 with Retry-After at " + stage, HttpFault.status(429, Duration.ofSeconds(1), where)));
            plans.add(plan("500 twice at " + stage, HttpFault.status(500, null, where),
                    HttpFault.status(500, null, where)));
            plans.add(lasting("503 for good at " + stage,
                    Collections.nCopies(50, HttpFault.status(503, null, where)).toArray(HttpFault[]::new)));
            Duration stall = stage.equals("second chunk") ? LONG_STALL : STALL;
            plans.add(plan(stall + " stall at " + stage, HttpFault.stall(stall, where)));
            if (!stage.equals("token")) {
                plans.add(plan("token expired at " + stage, HttpFault.expiredToken(where)));
            }
            if (stage.contains("chunk")) {
                plans.add(plan("session lost at " + stage, HttpFault.answer(() -> DriveAnswers.notFound("it"), where)));
                plans.add(plan("session gone at " + stage, HttpFault.status(410, null, where)));
            }
            if (!stage.equals("token")) {
                for (String reason : List.of("rateLimitExceeded", "userRateLimitExceeded")) {
                    plans.add(plan(reason + " at " + stage,
                            HttpFault.answer(() -> DriveAnswers.error(403, reason, "Rate Limit Exceeded"), where)));
                }
            }
        });
        plans.add(plan("nothing read of the second chunk", HttpFault.unread(PATIENCE.multipliedBy(3),
                request -> range(request).startsWith("bytes " + CHUNK + "-"))));
        plans.add(plan("reset in the middle of a chunk", HttpFault.cutRequest(600_000,
                request -> range(request).startsWith("bytes " + CHUNK + "-"))));
        return plans;
    }

    private static String range(CloudRequest request) {
        return String.valueOf(request.header("Content-Range"));
    }

    private Plan plan(String name, HttpFault... faults) {
        return lasting(name, faults).thatIsCured();
    }

    private Plan lasting(String name, HttpFault... faults) {
        return new Plan(name, SIZE, () -> server.plan(faults));
    }

    @Override
    Storage open() {
        return new DriveStorage(server.client(), "root", new DriveOptions(Verify.AUTO, CHUNK, QUICK,
                new ServerTimeouts(PATIENCE, PATIENCE), Threads.daemons()));
    }

    @Override
    List<String> leftovers() {
        return List.of();
    }

    @Override
    boolean happened() {
        return server.fired() > 0;
    }

    @Override
    void heal() {
        server.plan();
    }
}
