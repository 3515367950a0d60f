package io.onedump.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import io.onedump.artifact.Hasher;
import io.onedump.servers.MemoryS3;

/**
 * Artifacts of one byte with their sidecars, as a job that runs again and again would have kept them. As a program, for
 * benchmarks, it fills a folder and an S3 server, whose port it prints.
 */
final class CatalogSeed {

    static final String JOB = "shop";
    static final Owner OWNER = new Owner(JOB, null);
    static final String NAMES = "shop/shop-${date:now:yyyyMMdd-HHmmss}.txt";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private CatalogSeed() {
    }

    /** Takes what is to be kept. */
    interface Keeper {
        void keep(String path, byte[] bytes) throws IOException;
    }

    /** @param arguments how many, the folder, and the milliseconds that a request to the S3 server takes */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[1], "shop"));
        MemoryS3 server = MemoryS3.start();
        keep(Integer.parseInt(arguments[0]), Instant.now().minusSeconds(3600), Duration.ofHours(1), (path, bytes) -> {
            server.keep(path, bytes);
            Files.write(folder.resolve(ObjectPath.name(path)), bytes);
        });
        server.pause(Duration.ofMillis(Long.parseLong(arguments[2])));
        System.out.println(server.endpoint().getPort());
        Thread.currentThread().join();
    }

    /**
     * @param last  when the newest was made
     * @param apart the time between two of them
     */
    static void keep(int count, Instant last, Duration apart, Keeper keeper) throws IOException {
        for (int i = 0; i < count; i++) {
            keep(last.minus(apart.multipliedBy(i)), keeper);
        }
    }

    /** @return its path */
    static String keep(Instant started, Keeper keeper) throws IOException {
        String path = "shop/shop-" + DATE.format(started.atZone(ZoneId.systemDefault())) + ".txt";
        byte[] bytes = {'x'};
        keeper.keep(path, bytes);
        Identity identity = Identity.NONE.with(Identity.JOB, JOB).with(Identity.SERIES, "shop/shop-{date}.txt")
                .with(Identity.HOST, "db1").with(Identity.STARTED, started.toString()).with(Identity.SIZE, "1");
        String sha256 = Hasher.of(new ByteArrayInputStream(bytes)).sha256();
        try (InputStream in = new Sidecar(sha256, ObjectPath.name(path), identity).toArtifact().open()) {
            keeper.keep(Sidecar.path(path), in.readAllBytes());
        }
        return path;
    }
}
