package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.onedump.servers.MemoryS3;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.ScriptedCloud;
import io.onedump.storage.Backend;
import io.onedump.storage.Identity;
import io.onedump.storage.Sidecar;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StorageDestinationTest {

    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final int COUNT = 100;

    @Test
    void readsTheSidecarsOfSeveralFilesAtOnceAndOfNoOthers() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); CamelContext context = new DefaultCamelContext();
                Backend backend = backend(context, server.endpoint().toString());
                Destination destination = new StorageDestination(backend, "copies/", 4)) {
            for (int i = 0; i < COUNT; i++) {
                server.keep("copies/f" + i, new byte[1]);
                if (i % 2 == 0) {
                    keepSidecar(server, "f" + i);
                }
            }
            destination.list(object -> {
            });
            server.takeRequests();
            server.pause(Duration.ofMillis(50));
            Map<String, String> digests = destination.digests(files());
            assertThat(digests).hasSize(COUNT / 2).containsEntry("f0", SHA256).doesNotContainKey("f1");
            assertThat(server.mostAtOnce()).isGreaterThan(8);
            assertThat(server.takeRequests()).as("a look and a reading each").hasSize(COUNT);
        }
    }

    @Test
    void failsWhenASidecarCannotBeRead() throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(
                request -> ScriptedCloud.xml(403, "<Error><Code>AccessDenied</Code></Error>"));
                CamelContext context = new DefaultCamelContext();
                Backend backend = backend(context, server.endpoint().toString());
                Destination destination = new StorageDestination(backend, "copies/", 4)) {
            assertThatThrownBy(() -> destination.digests(files())).isInstanceOf(StorageException.class);
        }
    }

    private static List<StoredObject> files() {
        return IntStream.range(0, COUNT).mapToObj(i -> new StoredObject("f" + i, 1, Instant.EPOCH)).toList();
    }

    private static void keepSidecar(MemoryS3 server, String name) throws Exception {
        try (InputStream in = new Sidecar(SHA256, name, Identity.NONE).toArtifact().open()) {
            server.keep("copies/" + Sidecar.path(name), in.readAllBytes());
        }
    }

    private static Backend backend(CamelContext context, String endpoint) {
        return context.getEndpoint("storage:aws2-s3:b?accessKey=" + S3Proxy.ACCESS_KEY + "&secretKey=RAW("
                + S3Proxy.SECRET_KEY + ")&region=us-east-1&overrideEndpoint=true&forcePathStyle=true"
                + "&uriEndpointOverride=" + endpoint, StorageEndpoint.class).getBackend();
    }
}
