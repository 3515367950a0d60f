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
import io.onedump.artifact.Run;
import io.onedump.artifact.StoredInRun;
import io.onedump.artifact.Warnings;
import io.onedump.encrypt.age.Identities;
import io.onedump.encrypt.age.IdentityException;
import io.onedump.encrypt.age.NewIdentity;
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
        assertThat(folder.resolve("a/monday/hallo.txt.checksum")).content()
                .endsWith("\n" + SHA256_OF_HALLO + "  hallo.txt\n");
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
        assertThat(folder.resolve("monday/shop-monday.sql.zst.checksum")).content()
                .endsWith("\n" + SHA256_OF_HALLO + "  shop-monday.sql.zst\n");
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
                        .to("storage:file:" + folder + "?path=c&sidecar=never&fileName=" + now);
                from("direct:first").to("storage:file:" + folder + "?path=a&sidecar=never&fileName=" + now);
                from("direct:second").delay(20).to("storage:file:" + folder + "?path=b&sidecar=never&fileName=" + now);
            }
        });
        context.createProducerTemplate().sendBody("direct:run", "hallo");
        String name = folder.resolve("a").toFile().list()[0];
        assertThat(name).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}");
        assertThat(folder.resolve("b").resolve(name)).exists();
        assertThat(folder.resolve("c").resolve(name)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "never"})
    void refusesToReplaceWhatTheSameRunHasStored(String sidecar) throws Exception {
        String storage = "storage:file:" + folder + "?fileName=run-${routeId}.sql&sidecar=" + sidecar;
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(1));
                from("direct:two").routeId("two").setBody(constant("first")).to(storage).setBody(constant("second"))
                        .to(storage);
                from("direct:again").routeId("again").setBody(constant("first")).to(storage).to(storage);
                from("direct:freed").routeId("freed").setBody(constant("first")).to(storage)
                        .to(storage + "&operation=delete")
                        .setBody(constant("second")).to(storage);
                from("direct:split").routeId("split").process(StoredInRun::of).split(body().tokenize(",")).to(storage);
            }
        });
        assertThat(context.createProducerTemplate().send("direct:two", exchange -> {
        }).getException())
                .isExactlyInstanceOf(StorageException.class)
                .hasMessageContaining("this run has stored another artifact as run-two.sql already");
        assertThat(folder.resolve("run-two.sql")).hasContent("first");
        assertThat(context.createProducerTemplate().send("direct:again", exchange -> {
        }).getException()).isNull();
        assertThat(context.createProducerTemplate().send("direct:freed", exchange -> {
        }).getException()).isNull();
        assertThat(folder.resolve("run-freed.sql")).hasContent("second");
        assertThat(context.createProducerTemplate().send("direct:split",
                exchange -> exchange.getMessage().setBody("third,fourth")).getException()).isNotNull();
        assertThat(folder.resolve("run-split.sql")).hasContent("third");
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
            "storage:file:x?keepLast=0&fileName=a-${date:now:yyyyMMdd}.sql, 'keepLast: it would keep nothing'",
            "storage:file:x?keepWithin=P0D&fileName=a-${date:now:yyyyMMdd}.sql, 'keepWithin: it would keep nothing'",
            "storage:file:x?keepLast=3&fileName=a.sql, 'keepLast: it cannot work with'",
            "storage:file:x?keepLast=3&sidecar=never&fileName=a-${date:now:yyyyMMdd}.sql, 'with a sidecar only'",
            "storage:file:x?keepLast=3&operation=get&fileName=a-${date:now:yyyyMMdd}.sql, 'it does nothing in'",
            "storage:file:x?keepDaily=3&fileName=a-${date:now:ddMMMyyyy}.sql, '''MMM'' in its date'",
            "storage:file:x?keepDaily=3&fileName=a-${date:now:YYYYMMdd}.sql, '''YYYY'' in its date'",
            "storage:file:x?keepDaily=3&fileName=a-${date:now:yyyyMMdd-hhmm}.sql, '''hh'' in its date'",
            "storage:file:x?keepDaily=3&fileName=a-${date:now:yyyymmdd}.sql, 'has no month'",
            "storage:file:x?pruneUnverified=true, 'does nothing without a rule'",
            "storage:file:x?dryRun=true, 'it is for the operation prune'",
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
        Files.writeString(folder.resolve(name), "hallo");
        Files.writeString(folder.resolve(name + ".checksum"), SHA256_OF_HALLO + "  " + name + "\n");
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(Instant.parse("2025-11-" + day + "T01:00:00Z")));
    }

    @Test
    void leavesAloneWhatOtherMachinesAndJobsHaveKept() throws Exception {
        for (String machine : List.of("alpha", "beta")) {
            for (int day = 20; day < 24; day++) {
                keep("shop", machine + "/shop-202511" + day + ".sql", machine + "/shop-{date}.sql", day);
                keep("crm", machine + "/shop-202510" + day + ".sql", machine + "/shop-{date}.sql", day);
            }
        }
        System.setProperty("onedump.test.machine", "beta");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:shop").setProperty(Run.JOB, constant("shop")).to("storage:file:" + folder
                        + "?keepLast=2&fileName=RAW(${sys.onedump.test.machine}/shop-${date:now:yyyyMMdd}.sql)");
            }
        });
        Exchange exchange = send("direct:shop", "any.sql", "hallo");
        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("alpha").toFile().list()).hasSize(16);
        assertThat(folder.resolve("beta").toFile().list()).hasSize(8 + 4)
                .contains("shop-20251123.sql", "shop-20251123.sql.checksum", "shop-20251020.sql")
                .doesNotContain("shop-20251122.sql", "shop-20251122.sql.checksum");
    }

    @Test
    void leavesAloneWhatAnotherMachineHasKeptWithSuchNamesAndSaysSo() throws Exception {
        for (int day = 20; day < 24; day++) {
            keep("shop", "shop-202511" + day + ".sql", "shop-{date}.sql", day, day < 22 ? "another" : null);
        }
        String uri = "storage:file:" + folder + "?fileName=RAW(shop-${date:now:yyyyMMdd}.sql)&keepLast=1";
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:own").setProperty(Run.JOB, constant("shop")).to(uri);
                from("direct:all").setProperty(Run.JOB, constant("shop")).to(uri + "&acrossHosts=true");
            }
        });
        Exchange exchange = send("direct:own", "any.sql", "hallo");
        assertThat(exchange.getException()).isNull();
        assertThat(folder.toFile().list()).hasSize(6).contains("shop-20251120.sql", "shop-20251121.sql");
        assertThat(Warnings.of(exchange).texts()).singleElement().asString().contains("keeps 2 artifact(s)",
                "it is of the machine 'another'", "acrossHosts", "${hostname}");
        assertThat(send("direct:all", "any.sql", "hallo").getException()).isNull();
        assertThat(folder.toFile().list()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-${date:now:yyyyMMdd}.sql ", " shop-${date:now:yyyyMMdd}\u200b.sql",
            "sh\u200dop/shop\u200b\u200d${date:now:yyyyMMdd}.sql"})
    void prunesNamesThatNoLineOfASidecarCanHold(String name) throws Exception {
        String uri = "storage:file:" + folder + "?fileName=RAW(" + name + ")&keepLast=1";
        String old = name.replaceAll("\\$\\{.*}", "20251120");
        keep(null, old, old.replace("20251120", "{date}"), 20);
        assertThat(send(uri, "any.sql", "hallo").getException()).isNull();
        assertThat(folder.resolve(old)).doesNotExist();
    }

    @Test
    void prunesAlsoWhereAnExpressionIsEmptyAndSaysSo() throws Exception {
        String uri = "storage:file:" + folder
                + "?path=RAW(${sysenv.ONEDUMP_TEST_UNSET}//x)&fileName=RAW(/shop-${date:now:yyyyMMdd}.sql)&keepLast=1";
        keep(null, "x/shop-20251120.sql", "x/shop-{date}.sql", 20);
        Exchange exchange = send(uri, "any.sql", "hallo");
        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("x").toFile().list()).hasSize(2);
        assertThat(Warnings.of(exchange).texts()).singleElement().asString()
                .contains("${sysenv.ONEDUMP_TEST_UNSET} is empty on this machine");
    }

    @Test
    void saysThatSomethingElseStandsInASidecarsPlace() throws Exception {
        String uri = "storage:file:" + folder + "?fileName=RAW(shop-${date:now:yyyyMMdd}.sql)&keepLast=1"
                + "&pruneUnverified=true";
        for (int day = 20; day < 22; day++) {
            Files.writeString(folder.resolve("shop-202511" + day + ".sql"), "hallo");
        }
        Files.createDirectory(folder.resolve("shop-20251120.sql.checksum"));
        Files.createSymbolicLink(folder.resolve("shop-20251121.sql.checksum"), Path.of("nowhere"));
        Exchange exchange = send(uri, "any.sql", "hallo");
        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("shop-20251120.sql")).exists();
        assertThat(folder.resolve("shop-20251121.sql")).exists();
        assertThat(Warnings.of(exchange).texts()).singleElement().asString().contains("keeps 2 artifact(s)",
                "could not be read: a symbolic link stands in its place");
    }

    private void keep(String job, String path, String series, int day) throws Exception {
        keep(job, path, series, day, null);
    }

    private void keep(String job, String path, String series, int day, String host) throws Exception {
        Identity identity = Identity.NONE.with(Identity.JOB, job).with(Identity.SERIES, series)
                .with(Identity.HOST, host)
                .with(Identity.STARTED, "2025-11-" + day + "T01:00:00Z");
        try (Storage storage = context.getEndpoint("storage:file:" + folder, StorageEndpoint.class).open()) {
            Receipt receipt = storage.put(path, new BytesArtifact("any", path.getBytes(StandardCharsets.UTF_8)));
            storage.put(Sidecar.path(path),
                    new Sidecar(receipt.digest().sha256(), ObjectPath.name(path), identity).toArtifact());
        }
    }

    @Test
    void neverReplacesAnArtifactOfAnotherJob() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").setProperty(Run.JOB, constant("a")).to("storage:file:" + folder);
                from("direct:b").setProperty(Run.JOB, constant("b")).to("storage:file:" + folder);
            }
        });
        assertThat(send("direct:a", "same.sql", "first").getException()).isNull();
        assertThat(send("direct:b", "same.sql", "second").getException()).isInstanceOf(StorageException.class)
                .hasMessageContaining("is an artifact of the job 'a' and is not replaced");
        assertThat(folder.resolve("same.sql")).hasContent("first");
        assertThat(send("direct:a", "same.sql", "third").getException()).isNull();
        assertThat(folder.resolve("same.sql")).hasContent("third");
    }

    @Test
    void givesTheOldArtifactItsSidecarBackWhenTheNewOneFails() throws Exception {
        send("storage:file:" + folder, "a.bin", "hallo");
        String sidecar = Files.readString(folder.resolve("a.bin.checksum"));
        Artifact damaged = new DamagedArtifact(new GeneratedArtifact("a.bin", 4), new GeneratedArtifact("a.bin", 5));
        assertThat(send("storage:file:" + folder, "a.bin", damaged).getException()).isNotNull();
        assertThat(folder.resolve("a.bin")).hasContent("hallo");
        assertThat(folder.resolve("a.bin.checksum")).hasContent(sidecar);
    }

    @Test
    void neverRemovesWhatTheSidecarOfWhichIsDamaged() throws Exception {
        String uri = "storage:file:" + folder + "?fileName=RAW(shop-${date:now:yyyyMMdd}.sql)&keepLast=1";
        for (int day = 20; day < 24; day++) {
            old("shop-202511" + day + ".sql", day);
        }
        Files.writeString(folder.resolve("shop-20251121.sql.checksum"), "damaged");
        Files.write(folder.resolve("shop-20251122.sql.checksum"), new byte[Sidecar.LONGEST + 1]);
        assertThat(send(uri, "any.sql", "hallo").getException()).isNull();
        assertThat(folder.resolve("shop-20251121.sql")).exists();
        assertThat(folder.resolve("shop-20251122.sql")).exists();
        assertThat(folder.resolve("shop-20251120.sql")).doesNotExist();
        assertThat(folder.resolve("shop-20251123.sql")).doesNotExist();
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
            Exchange exchange = send("storage:dropbox:put?client=#dropbox&remotePath=/My Backups&sidecar=never",
                    "a.txt", "hallo");
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
        Files.delete(output.resolve("a.txt.checksum"));
        assertThatThrownBy(() -> download.fetch("a.txt", output)).hasMessageContaining("damaged");
        assertThat(output).isEmptyDirectory();
    }

    private void keepSealed(NewIdentity key, String text) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sealed").to("encrypt:age?recipients=" + key.recipient()).to("storage:file:" + folder);
            }
        });
        assertThat(send("direct:sealed", "a.txt", text).getException()).isNull();
    }

    @Test
    void opensWhatIsSealedOnItsWayIntoAFolder(@TempDir Path output) throws Exception {
        NewIdentity key = NewIdentity.generate(Instant.EPOCH);
        Backend backend = context.getEndpoint("storage:file:" + folder, StorageEndpoint.class).getBackend();
        keepSealed(key, "hallo");
        send("storage:file:" + folder, "b.txt", "hallo");
        Download download = new Download(backend, Backoff.DEFAULT, Identities.parse(key.file()));

        assertThat(download.fetch("a.txt.age", output)).hasFileName("a.txt").hasContent("hallo");
        assertThat(download.fetch("b.txt", output)).hasFileName("b.txt").hasContent("hallo");
        assertThat(output.resolve("a.txt.checksum")).doesNotExist();
        assertThat(output.resolve("b.txt.checksum")).exists();
        assertThat(new Download(backend, Backoff.DEFAULT).fetch("a.txt.age", output)).hasFileName("a.txt.age");
    }

    @Test
    void leavesNothingOfWhatItCannotOpen(@TempDir Path output) throws Exception {
        NewIdentity key = NewIdentity.generate(Instant.EPOCH);
        Backend backend = context.getEndpoint("storage:file:" + folder, StorageEndpoint.class).getBackend();
        keepSealed(key, "x".repeat(200_000));
        byte[] sealed = Files.readAllBytes(folder.resolve("a.txt.age"));
        sealed[150_000] ^= 1;
        Files.write(folder.resolve("a.txt.age"), sealed);

        assertThatThrownBy(() -> new Download(backend, Backoff.DEFAULT, Identities.parse(key.file()))
                .fetch("a.txt.age", output)).isInstanceOf(StorageException.class)
                .hasMessageContaining("are not what was sealed");
        assertThatThrownBy(() -> new Download(backend, Backoff.DEFAULT,
                Identities.parse(NewIdentity.generate(Instant.EPOCH).file())).fetch("a.txt.age", output))
                .isInstanceOf(IdentityException.class).hasMessageContaining("the identity is wrong");
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
