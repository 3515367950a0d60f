package io.onedump.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.onedump.servers.PasswordSshd;
import io.onedump.servers.TcpProxy;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;
import org.junit.jupiter.api.AfterAll;

class SftpFaults extends FaultPlans {

    private static final long SIZE = 3L * CHUNK + 77;

    private final PasswordSshd server = PasswordSshd.start();
    private final TcpProxy proxy = TcpProxy.to(server.host(), server.port());
    private int firedBefore;
    private CompletableFuture<Void> healing = CompletableFuture.completedFuture(null);

    @AfterAll
    void stop() {
        proxy.close();
        server.close();
    }

    @Override
    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        for (long bytes : List.of(0L, 1L, 100_000L, (long) CHUNK, SIZE - 1)) {
            plans.add(plan("reset after " + bytes + " bytes written", () -> server.faults().cutAfter(bytes)));
            plans.add(plan("disk full after " + bytes + " bytes written", () -> server.faults().noSpaceAfter(bytes)));
        }
        for (long bytes : List.of(10L, 1500L, 3000L, 100_000L, 2L * CHUNK, SIZE + 5000)) {
            plans.add(plan("connection reset after " + bytes + " bytes sent", () -> proxy.upload().cutAfter(bytes)));
        }
        for (long bytes : List.of(10L, 1500L, 2200L, 4000L, 20_000L, SIZE)) {
            plans.add(plan("connection reset after " + bytes + " bytes received",
                    () -> proxy.download().cutAfter(bytes)));
        }
        plans.add(plan(LONG_STALL + " stall of the server", () -> {
            proxy.download().stall();
            healAfter(LONG_STALL);
        }));
        plans.add(plan(STALL + " stall of the client", () -> {
            proxy.upload().stall();
            healAfter(STALL);
        }));
        plans.add(plan("connection refused", proxy::refuse));
        return plans;
    }

    private void healAfter(Duration stall) {
        healing = CompletableFuture.runAsync(this::heal,
                CompletableFuture.delayedExecutor(stall.toMillis(), TimeUnit.MILLISECONDS));
    }

    private Plan plan(String name, Action action) {
        return new Plan(name, SIZE, () -> {
            // What ends the stall of the plan before must not end this plan's fault.
            healing.join();
            firedBefore = fired();
            action.run();
        });
    }

    @Override
    Storage open() throws Exception {
        SshSettings settings =
                new SshSettings(proxy.host(), proxy.port(), PasswordSshd.USER, PasswordSshd.PASSWORD, null,
                        null, Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()),
                        Duration.ofSeconds(20));
        return new SftpStorage(settings, "/backups", new SftpOptions(Verify.AUTO, true, QUICK));
    }

    @Override
    List<String> leftovers() throws Exception {
        try (Stream<Path> files = Files.walk(server.workFolder())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }

    /** A refused connection is seen by the client only. */
    @Override
    boolean happened() {
        return fired() > firedBefore || failure() != null && failure().getMessage().contains("refused");
    }

    private int fired() {
        return server.faults().fired() + proxy.upload().fired() + proxy.download().fired();
    }

    @Override
    void heal() {
        server.faults().heal();
        proxy.upload().heal();
        proxy.download().heal();
        proxy.accept();
    }
}
