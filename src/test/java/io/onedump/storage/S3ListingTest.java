package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.servers.CloudAnswer;
import io.onedump.servers.CloudRequest;
import io.onedump.servers.MemoryS3;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.ScriptedCloud;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of many pages, read one after the other or several at a time: each object once, none left out. */
@Timeout(60)
class S3ListingTest {

    private static final int COUNT = 5300;
    private static final List<String> NAMES = List.of("plain", "a b", "a+b", "50%25", "<&>\"'", "ünï", "x/y", "日本");

    private final CamelContext context = new DefaultCamelContext();
    private final List<String> all = new ArrayList<>();

    @BeforeEach
    void start() {
        context.start();
        for (int i = 0; i < COUNT; i++) {
            all.add("shop/" + NAMES.get(i % NAMES.size()) + "-" + i);
        }
        Collections.sort(all);
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsWhatThereIsPageByPageOrInPieces(boolean ownClient) throws Exception {
        try (MemoryS3 server = server()) {
            context.getRegistry().bind("theirs", server.client());
            try (Storage storage = storage(server.endpoint().toString(), ownClient ? "" : "&amazonS3Client=#theirs")) {
                assertThat(storage.list("shop/")).extracting(StoredObject::path).isEqualTo(all);
                assertThat(storage.list("shop/")).allSatisfy(object -> {
                    assertThat(object.size()).isEqualTo(object.path().length());
                    assertThat(object.tag()).hasSize(34).startsWith("\"");
                    assertThat(object.modified()).isNotNull();
                });
                Random random = new Random(1);
                for (int round = 0; round < 10; round++) {
                    List<String> bounds = new ArrayList<>();
                    for (int i = random.nextInt(9); i > 0; i--) {
                        bounds.add(random.nextBoolean() ? all.get(random.nextInt(COUNT)) : "shop/" + random.nextInt(9));
                    }
                    assertThat(list(storage, bounds)).as("%s", bounds).isEqualTo(all);
                }
            }
        }
    }

    @Test
    void asksForSeveralPagesAtOnceAndForNoMoreThanThereAre() throws Exception {
        try (MemoryS3 server = server(); Storage storage = storage(server.endpoint().toString(), "")) {
            server.pause(Duration.ofMillis(100));
            List<String> bounds = List.of(all.get(999), all.get(1999), all.get(2999), all.get(3999), all.get(4999));
            assertThat(list(storage, bounds)).isEqualTo(all);
            assertThat(server.takeRequests()).hasSize(6);
            assertThat(server.mostAtOnce()).isGreaterThan(2);
        }
    }

    @Test
    void asksNobodyForBoundsWhereOnePageIsAll() throws Exception {
        try (MemoryS3 server = MemoryS3.start(); Storage storage = storage(server.endpoint().toString(), "")) {
            server.keep("shop/x", new byte[1]);
            AtomicInteger asked = new AtomicInteger();
            storage.list("shop/", () -> List.of(String.valueOf(asked.incrementAndGet())), object -> {
            });
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void listsWhatSortsBehindAName() throws Exception {
        try (MemoryS3 server = server(); Storage storage = storage(server.endpoint().toString(), "")) {
            List<String> found = new ArrayList<>();
            assertThat(storage.listAfter("shop/", all.get(2000), object -> found.add(object.path()))).isTrue();
            assertThat(found).isEqualTo(all.subList(2001, COUNT));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatKeepsNoOrderOrBeginsWhereItLikesIsReadPageByPage(boolean ordered) throws Exception {
        List<String> keys = new ArrayList<>(all.subList(0, 50));
        if (!ordered) {
            Collections.shuffle(keys, new Random(1));
        }
        try (ScriptedCloud server = ScriptedCloud.start(request -> page(keys, request));
                Storage storage = storage(server.endpoint().toString(), "")) {
            assertThat(list(storage, List.of(all.get(10), all.get(30)))).isEqualTo(all.subList(0, 50));
            List<String> found = new ArrayList<>();
            assertThat(storage.listAfter("shop/", all.get(5), object -> found.add(object.path()))).isFalse();
            assertThat(found).isEmpty();
        }
    }

    @Test
    void failsWhenAPieceFails() throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(request -> request.query().containsKey("start-after")
                ? ScriptedCloud.xml(403, "<Error><Code>AccessDenied</Code></Error>")
                : page(all, request)); Storage storage = storage(server.endpoint().toString(), "")) {
            assertThatThrownBy(() -> list(storage, List.of(all.get(30)))).isInstanceOf(StorageException.class)
                    .hasMessageContaining("cannot list shop/: access denied");
        }
    }

    /** Seven keys a page, wherever it was asked to begin. */
    private static CloudAnswer page(List<String> keys, CloudRequest request) {
        Map<String, String> query = request.query();
        int from = Integer.parseInt(query.getOrDefault("continuation-token", "0"));
        int to = Math.min(keys.size(), from + 7);
        StringBuilder page = new StringBuilder("<?xml version=\"1.0\"?>\n<ListBucketResult xmlns=\"http://s3\"><Name>b")
                .append("</Name><!-- as it comes --><CommonPrefixes><Prefix>z/</Prefix></CommonPrefixes>");
        for (String key : keys.subList(from, to)) {
            page.append("\n <Contents><Owner><ID>1</ID></Owner><Key>")
                    .append(key.replace("&", "&amp;").replace("<", "&lt;")).append("</Key><Size>1</Size></Contents>");
        }
        return ScriptedCloud.xml(200, page.append(to < keys.size()
                ? "<IsTruncated>true</IsTruncated><NextContinuationToken>" + to + "</NextContinuationToken>"
                : "<IsTruncated>false</IsTruncated>").append("</ListBucketResult>").toString());
    }

    private static List<String> list(Storage storage, List<String> bounds) throws Exception {
        List<String> found = new ArrayList<>();
        storage.list("shop/", () -> bounds, object -> found.add(object.path()));
        Collections.sort(found);
        return found;
    }

    private MemoryS3 server() {
        MemoryS3 server = MemoryS3.start();
        all.forEach(path -> server.keep(path, new byte[path.length()]));
        return server;
    }

    private Storage storage(String endpoint, String more) throws Exception {
        return context.getEndpoint("storage:aws2-s3:b?accessKey=" + S3Proxy.ACCESS_KEY + "&secretKey=RAW("
                + S3Proxy.SECRET_KEY + ")&region=us-east-1&overrideEndpoint=true&forcePathStyle=true"
                + "&uriEndpointOverride=" + endpoint + more, StorageEndpoint.class).open();
    }
}
