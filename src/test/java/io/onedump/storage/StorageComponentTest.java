package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.FakeDropbox;
import io.onedump.storage.retention.Retention.Decision;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageComponentTest {

    private static final String SHA256_OF_HALLO = "d3751d33f9cd5049c4af2b462735457e4d3baf130bcbb87f389e349fbaeb20b9";

    @TempDir
    private Path folder;
    private CamelContext context;

    @BeforeEach
    void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void storesTheBodyWithItsSidecar() throws Exception {
        Exchange exchange =
                send("storage:file:" + folder + "?path=a/${header.day}&sidecar=always", "hallo.txt", "hallo");
        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("a/monday/hallo.txt")).hasContent("hallo");
        assertThat(folder.resolve("a/monday/hallo.txt.checksum")).hasContent(SHA256_OF_HALLO + "  hallo.txt\n");
        assertThat(exchange.getMessage().getHeader(OnedumpConstants.SHA256)).isEqualTo(SHA256_OF_HALLO);
        assertThat(exchange.getMessage().getHeader(OnedumpConstants.SIZE)).isEqualTo(5L);
        assertThat(exchange.getMessage().getHeader(OnedumpConstants.LOCATION))
                .isEqualTo("file:" + folder + "/a/monday/hallo.txt");
        assertThat(exchange.getMessage().getBody()).isInstanceOf(Artifact.class);
    }

    @Test
    void namesItByItsOwnExpressionAndKeepsTheEndingOfTheCompression() {
        send("storage:file:" + folder + "?path=${header.day}&fileName=shop-${header.day}.sql&sidecar=always",
                "dump.sql.zst",
                "hallo");
        assertThat(folder.resolve("monday/shop-monday.sql.zst")).hasContent("hallo");
        assertThat(folder.resolve("monday/shop-monday.sql.zst.checksum"))
                .hasContent(SHA256_OF_HALLO + "  shop-monday.sql.zst\n");
        send("storage:file:" + folder + "?path=monday&operation=delete&fileName=shop-${header.day}.sql.zst", "other",
                "");
        assertThat(folder.resolve("monday")).isEmptyDirectory();
    }

    @Test
    void givesEveryStorageOfARunTheSameNameHoweverLongItTakes() throws Exception {
        String now = "${date:now:yyyy-MM-dd'T'HH-mm-ss.SSS}";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:run").multicast().parallelProcessing()
                        .to("direct:first", "direct:second").end()
                        .to("storage:file:" + folder + "?path=c&fileName=" + now);
                from("direct:first").to("storage:file:" + folder + "?path=a&fileName=" + now);
                from("direct:second").delay(20).to("storage:file:" + folder + "?path=b&fileName=" + now);
            }
        });
        context.createProducerTemplate().sendBody("direct:run", "hallo");
        String name = folder.resolve("a").toFile().list()[0];
        assertThat(name).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}");
        assertThat(folder.resolve("b").resolve(name)).exists();
        assertThat(folder.resolve("c").resolve(name)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "..", "/../x", "a/./x", "\u0000x", "x\ny"})
    void refusesNamesThatLeadOut(String name) {
        Exchange exchange = send("storage:file:" + folder, name, "hallo");
        assertThat(exchange.getException()).isInstanceOf(StorageException.class).hasMessageContaining("refused");
    }

    @Test
    void makesNoFolderWhereOneShouldBeMounted() {
        Path mounted = folder.resolve("nas");
        assertThat(send("storage:file:" + mounted + "?autoCreate=false", "a.txt", "hallo").getException())
                .isExactlyInstanceOf(StorageException.class).hasMessageContaining("mount or make it");
        assertThat(mounted).doesNotExist();
    }

    @Test
    void keepsAbsoluteNamesInside() {
        send("storage:file:" + folder, "/etc/x", "hallo");
        assertThat(folder.resolve("etc/x")).hasContent("hallo");
    }

    @ParameterizedTest
    @CsvSource({
            "storage:file:x?nonsense=1, 'unknown option ''nonsense'''",
            "storage:aws2-s3:x?accessKey=a&secretKye=geheim, 'unknown option ''secretKye'''",
            "storage:nonsense:x, 'there is no Camel component ''nonsense'''",
            "storage:file:x?verify=maybe, verify",
            "storage:aws2-s3:x?accessKey=a&secretKey=geheim&partSize=17, partSize",
            "storage:sftp:host/x?password=geheim, ssh user is missing",
            "storage:sftp:user@host/x, give a password or a private key",
            "storage:google-drive:drive-files/create, serviceAccountKey",
            "storage:dropbox:put, accessToken",
            "storage:file:x?keepLast=3, fileName",
            "storage:file:x?keepWithin=month&fileName=a.sql, keepWithin",
            "storage:file:x?operation=prune&fileName=a.sql, needs a rule"})
    void refusesWrongOptionsAtStart(String uri, String message) {
        assertThatThrownBy(() -> context.getEndpoint(uri)).hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("geheim"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "storage:aws2-s3:backups?accessKey=RAW(a+&%)&secretKey=b"
                    + "&overrideEndpoint=true&uriEndpointOverride=http://127.0.0.1:1",
            "storage:sftp:backup@127.0.0.1:1/backups?password=RAW(a&b%+#@:/)",
            "storage:dropbox:put?accessToken=x",
            "storage:google-drive:drive-files/create?clientId=a&clientSecret=b&refreshToken=c"})
    void startsWhileTheServerIsAway(String uri) {
        assertThat(context.getEndpoint(uri, StorageEndpoint.class)).isNotNull();
    }

    @Test
    void givesAnyOtherEndpointAFileOrAStream() {
        context.getRegistry().bind("taker", (Processor) exchange -> {
            assertThat(exchange.getMessage().getBody(File.class)).hasContent("hallo");
            assertThat(exchange.getMessage().getBody(InputStream.class)).hasContent("hallo");
        });
        Exchange exchange = send("storage:bean:taker", "a.txt",
                new ByteArrayInputStream("hallo".getBytes(StandardCharsets.UTF_8)));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(OnedumpConstants.SHA256)).isEqualTo(SHA256_OF_HALLO);
    }

    @Test
    void failsWhenAnotherEndpointFails() {
        context.getRegistry().bind("taker", (Processor) exchange -> {
            throw new IllegalStateException("full");
        });
        assertThat(send("storage:bean:taker", "a.txt", "hallo").getException())
                .isInstanceOf(StorageException.class).hasMessageContaining("full");
    }

    @Test
    void fetchesWhatItStoredAndChecksIt() throws Exception {
        send("storage:file:" + folder + "?sidecar=always", "a.txt", "hallo");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:get").to("storage:file:" + folder + "?operation=get")
                        .process(exchange -> exchange.getMessage()
                                .setBody(exchange.getMessage().getBody(Artifact.class).digest().sha256()));
            }
        });
        assertThat(send("direct:get", "a.txt", null).getMessage().getBody()).isEqualTo(SHA256_OF_HALLO);
        Files.writeString(folder.resolve("a.txt"), "hollo");
        assertThat(send("direct:get", "a.txt", null).getException()).hasMessageContaining("damaged");
        assertThat(send("direct:get", "b.txt", null).getException()).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void listsLooksAndDeletes() {
        send("storage:file:" + folder + "?path=a&sidecar=always", "a.txt", "hallo");
        assertThat(send("storage:file:" + folder + "?path=a&operation=list", null, null).getMessage().getBody())
                .asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
        assertThat(send("storage:file:" + folder + "?path=a&operation=stat", "a.txt", null).getMessage().getBody())
                .isInstanceOf(StoredObject.class);
        send("storage:file:" + folder + "?path=a&operation=delete", "a.txt", null);
        assertThat(folder.resolve("a")).isEmptyDirectory();
        assertThat(send("storage:file:" + folder + "?path=a&operation=stat", "a.txt", null).getMessage().getBody())
                .isNull();
    }

    @Test
    void removesOldArtifactsOfThisJobOnly() throws Exception {
        String uri =
                "storage:file:" + folder + "?sidecar=always&fileName=RAW(shop-${date:now:yyyyMMdd}.sql)&keepLast=2";
        for (int day = 20; day < 24; day++) {
            old("shop-202511" + day + ".sql", day);
            old("shop-de-202511" + day + ".sql", day);
        }
        Files.writeString(folder.resolve("shop-notes.txt"), "mine");
        @SuppressWarnings("unchecked")
        List<Decision> plan = send(uri + "&operation=prune&dryRun=true", null, null).getMessage().getBody(List.class);
        assertThat(plan).hasSize(4).filteredOn(Decision::keep).hasSize(2);
        assertThat(folder.resolve("shop-20251120.sql")).exists();
        String today = send(uri, "any.sql", "hallo").getMessage().getHeader(OnedumpConstants.LOCATION, String.class);
        try (Storage storage = context.getEndpoint(uri, StorageEndpoint.class).open()) {
            assertThat(storage.list("")).extracting(StoredObject::path)
                    .contains("shop-notes.txt", "shop-de-20251120.sql",
                            "shop-20251123.sql", today.substring(today.lastIndexOf('/') + 1))
                    .doesNotContain("shop-20251120.sql",
                            "shop-20251120.sql.checksum", "shop-20251122.sql");
        }
    }

    private void old(String name, int day) throws Exception {
        send("storage:file:" + folder + "?sidecar=always", name, "hallo");
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.parse("2025-11-" + day + "T01:00:00Z")));
    }

    @Test
    void reachesDriveThroughItsComponent() {
        try (FakeDrive server = FakeDrive.start(20)) {
            context.getRegistry().bind("drive", server.clients());
            Exchange exchange = send(
                    "storage:google-drive:drive-files/create?clientFactory=#drive&clientId=" + FakeDrive.CLIENT_ID
                            + "&clientSecret=" + FakeDrive.CLIENT_SECRET
                            + "&refreshToken=" + FakeDrive.REFRESH_TOKEN + "&path=shop&sidecar=always",
                    "a.txt", "hallo");
            assertThat(exchange.getException()).isNull();
            assertThat(server.names()).containsExactlyInAnyOrder("a.txt", "a.txt.checksum");
        }
    }

    @Test
    void saysThatARefreshTokenIsRefused() {
        try (FakeDrive server = FakeDrive.start(20)) {
            context.getRegistry().bind("drive", server.clients());
            assertThat(
                    send("storage:google-drive:drive-files/create?clientFactory=#drive&clientId=" + FakeDrive.CLIENT_ID
                            + "&clientSecret=" + FakeDrive.CLIENT_SECRET
                            + "&refreshToken=revoked", "a.txt", "hallo").getException())
                    .isExactlyInstanceOf(StorageException.class).hasMessageContaining("renew the refresh token");
        }
    }

    @Test
    void reachesDropboxThroughItsComponent() {
        try (FakeDropbox server = FakeDropbox.start(20)) {
            context.getRegistry().bind("dropbox", server.client());
            Exchange exchange = send("storage:dropbox:put?client=#dropbox&remotePath=/My Backups", "a.txt", "hallo");
            assertThat(exchange.getException()).isNull();
            assertThat(server.paths()).containsExactly("/My Backups/a.txt");
        }
    }

    @Test
    void saysThatADropboxTokenIsRefused() {
        try (FakeDropbox server = FakeDropbox.start(20)) {
            context.getRegistry().bind("dropbox", server.clientWithToken("revoked"));
            assertThat(send("storage:dropbox:put?client=#dropbox", "a.txt", "hallo").getException())
                    .isExactlyInstanceOf(StorageException.class).hasMessageContaining("renew accessToken");
        }
    }

    @Test
    void fetchesIntoAFolder(@TempDir Path output) throws Exception {
        send("storage:file:" + folder + "?sidecar=always", "a.txt", "hallo");
        Download download =
                new Download(context.getEndpoint("storage:file:" + folder, StorageEndpoint.class).getBackend(),
                        Backoff.DEFAULT);
        assertThat(download.fetch("a.txt", output)).hasContent("hallo");
        Files.writeString(folder.resolve("a.txt"), "hollo");
        Files.delete(output.resolve("a.txt"));
        assertThatThrownBy(() -> download.fetch("a.txt", output)).hasMessageContaining("damaged");
        assertThat(output).isEmptyDirectory();
    }

    @Test
    void freesTheNameWhenTheSidecarCannotBeWritten() {
        assertThat(folder.resolve("a.txt.checksum").resolve("in the way").toFile().mkdirs()).isTrue();
        Exchange exchange =
                send("storage:file:" + folder + "?sidecar=always", "a.txt", new BytesArtifact("a.txt", new byte[3]));
        assertThat(exchange.getException()).isInstanceOf(StorageException.class);
        assertThat(folder.resolve("a.txt")).doesNotExist();
    }

    private Exchange send(String uri, String name, Object body) {
        return context.createProducerTemplate().send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader("day", "monday");
            if (name != null) {
                exchange.getMessage().setHeader(OnedumpConstants.FILE_NAME, name);
            }
        });
    }
}
