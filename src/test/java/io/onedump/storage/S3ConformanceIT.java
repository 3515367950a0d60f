package io.onedump.storage;

import java.util.List;

import io.onedump.servers.S3Proxy;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class S3ConformanceIT extends StorageConformance {

    private static final String BUCKET = "backups";

    private S3Proxy server;

    @BeforeAll
    void start() {
        server = S3Proxy.start();
        server.createBucket(BUCKET);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    Storage open(Verify verify) {
        return new S3Storage(server.client(), BUCKET, "a prefix/",
                new S3Options(verify, CHUNK, 4, S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE));
    }

    @Override
    List<String> leftovers() {
        return server.pendingUploads(BUCKET);
    }

    /** S3Proxy, other than S3, looks first and writes then. */
    @Override
    boolean comparesWhenItReplaces() {
        return false;
    }

    @Override
    int pages() {
        return 2001;
    }

    @Override
    void seed(List<String> paths) throws Exception {
        seedFiles(server.folder(BUCKET).resolve("a prefix"), paths);
    }
}
