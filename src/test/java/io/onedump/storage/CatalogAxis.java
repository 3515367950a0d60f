package io.onedump.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.onedump.artifact.BytesArtifact;
import io.onedump.scale.ScaleAxis;
import io.onedump.servers.MemoryS3;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;

/** Artifacts of one job on S3, among which one finds one's way; the server counts requests and bytes. */
public enum CatalogAxis implements ScaleAxis {

    LIST("storage S3: artifacts that list shows") {
        @Override
        void use(Storage storage) throws Exception {
            new Catalog(storage, NAMES, CatalogSeed.JOB).entries();
        }
    },
    LATEST("storage S3: artifacts around the latest") {
        @Override
        void use(Storage storage) throws Exception {
            new Catalog(storage, NAMES, CatalogSeed.JOB).newest(null);
        }
    },
    RETENTION("storage S3: artifacts around ten more, retained") {
        @Override
        void prepare(Storage storage, int size) throws Exception {
            prune(storage, size);
        }

        @Override
        void use(Storage storage) throws Exception {
            int size = new Catalog(storage, NAMES, CatalogSeed.JOB).entries().size();
            for (int i = 0; i < 10; i++) {
                storage.put("shop/shop-20990101-00000" + i + ".txt", new BytesArtifact("shop", new byte[] {'x'}));
                prune(storage, size);
            }
        }
    };

    private static final NamePattern NAMES = NamePattern.of(CatalogSeed.NAMES);

    private final String what;

    CatalogAxis(String what) {
        this.what = what;
    }

    /** What is not measured. */
    void prepare(Storage storage, int size) throws Exception {
        // Nothing but the artifacts.
    }

    abstract void use(Storage storage) throws Exception;

    private static void prune(Storage storage, int keepLast) throws Exception {
        new Prune(storage, NAMES, new Retention(keepLast, null, 0, 0, 0, 0, ZoneOffset.UTC, false), CatalogSeed.OWNER)
                .run(Instant.now());
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100, 1000, 10_000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        try (MemoryS3 server = MemoryS3.start();
                Storage storage = new S3Storage(server.client(), "bench", "",
                        new S3Options(Verify.AUTO, 5 << 20, 4, S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE))) {
            CatalogSeed.keep(size, Instant.now().minusSeconds(60), Duration.ofHours(1), server::keep);
            prepare(storage, size);
            server.takeRequests();
            long before = server.bytes();
            long nanos = ScaleAxis.processorNanos(() -> use(storage));
            return new Cost(nanos, server.takeRequests().size(), server.bytes() - before);
        }
    }
}
