package io.onedump.encrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Compression;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Source;
import io.onedump.artifact.Spools;
import io.onedump.encrypt.age.Identities;
import io.onedump.encrypt.age.NewIdentity;
import io.onedump.encrypt.age.Opening;
import io.onedump.servers.Command;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptComponentTest {

    private static final NewIdentity KEY = NewIdentity.generate(Instant.EPOCH);
    private static final String SEAL = "encrypt:age?recipients=" + KEY.recipient();

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

    private Exchange run(Object body, String... steps) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dump").to(steps);
            }
        });
        return context.createProducerTemplate().request("direct:dump", sent -> {
            sent.getMessage().setBody(body);
            sent.getMessage().setHeader(OnedumpConstants.FILE_NAME, "shop.sql.zst");
        });
    }

    private static String opened(byte[] sealed, Identities identities) throws IOException {
        try (InputStream in = Opening.stream(new ByteArrayInputStream(sealed), identities)) {
            return new String(in.readAllBytes());
        }
    }

    private static Identities identities() {
        return Identities.parse(KEY.file());
    }

    @Test
    void keepsWhatOnlyTheIdentityOpens() throws Exception {
        Exchange exchange = run("select 1;", SEAL, "storage:file:" + folder);

        assertThat(exchange.getException()).isNull();
        Path file = folder.resolve("shop.sql.zst.age");
        assertThat(opened(Files.readAllBytes(file), identities())).isEqualTo("select 1;");
        assertThat(new String(Files.readAllBytes(file))).doesNotContain("select");
    }

    @Test
    void theSidecarIsOfTheSealedBytes() throws Exception {
        run("select 1;", SEAL, "storage:file:" + folder);

        Path sidecar = folder.resolve("shop.sql.zst.age.checksum");
        assertThat(sidecar).content().contains("# sealed: age\n", "# series: shop.sql\n")
                .doesNotContain(KEY.recipient());
        Command.of("sh", "-c", "cd " + folder + " && sha256sum -c " + sidecar.getFileName()).run();
    }

    @Test
    void everyStorageGetsTheSameBytes() throws Exception {
        run("select 1;", SEAL, "storage:file:" + folder.resolve("a"),
                "storage:file:" + folder.resolve("b") + "?fileName=other.sql");

        assertThat(folder.resolve("b/other.sql.zst.age"))
                .hasSameBinaryContentAs(folder.resolve("a/shop.sql.zst.age"));
    }

    @Test
    void withoutASpoolItGoesToOneStorage() throws Exception {
        Exchange exchange = run("select 1;", SEAL + "&spool=false", "storage:file:" + folder);

        assertThat(exchange.getException()).isNull();
        assertThat(opened(Files.readAllBytes(folder.resolve("shop.sql.zst.age")), identities()))
                .isEqualTo("select 1;");
    }

    @Test
    void withoutASpoolNoTwoReadingsAreSealedWithTheSameKey() throws Exception {
        Artifact sealed = run("select 1;", SEAL + "&spool=false", "log:x").getMessage().getBody(Artifact.class);

        assertThat(sealed.repeatable()).isFalse();
    }

    @Test
    void aDumpThatIsStreamedIsMadeOnceForAllStorages() throws Exception {
        AtomicInteger dumped = new AtomicInteger();
        Source.Factory dump = () -> new Stub("dump " + dumped.incrementAndGet(), false);
        Artifact streamed = Spools.of(context).stream("shop.sql.zst", dump, Compression.NONE, null);
        Exchange exchange = run(streamed, SEAL, "storage:file:" + folder.resolve("a"),
                "storage:file:" + folder.resolve("b"));

        assertThat(exchange.getException()).isNull();
        assertThat(dumped).hasValue(1);
        assertThat(folder.resolve("b/shop.sql.zst.age")).hasSameBinaryContentAs(folder.resolve("a/shop.sql.zst.age"));
        assertThat(exchange.getMessage().getBody(Artifact.class).original()).isSameAs(streamed);
    }

    @Test
    void aDumpThatFailsLeavesNothing() throws Exception {
        Artifact failing = Spools.of(context).stream("shop.sql.zst", () -> new Stub("half", true), Compression.NONE,
                null);
        Exchange exchange = run(failing, SEAL, "storage:file:" + folder);

        assertThat(exchange.getException()).hasMessageContaining("the dumper has failed");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void readsTheFileOfRecipientsInEachRun() throws Exception {
        NewIdentity second = NewIdentity.generate(Instant.EPOCH);
        Path file = Files.writeString(folder.resolve("recipients"), "# first\n" + KEY.recipient() + "\n");
        String step = "encrypt:age?recipientsFile=" + file;
        run("one", step, "storage:file:" + folder);
        Files.writeString(file, second.recipient());
        context.createProducerTemplate().sendBodyAndHeader("direct:dump", "two", OnedumpConstants.FILE_NAME, "b");
        Files.writeString(file, "age1nonsense");

        assertThat(opened(Files.readAllBytes(folder.resolve("b.age")), Identities.parse(second.file())))
                .isEqualTo("two");
        assertThat(context.createProducerTemplate().request("direct:dump", sent -> sent.getMessage().setBody("x"))
                .getException()).hasMessageContaining("recipients' file " + file + ": 'age1nonsense' is no");
        Files.delete(file);
        assertThat(context.createProducerTemplate().request("direct:dump", sent -> sent.getMessage().setBody("x"))
                .getException()).hasMessageContaining("recipients' file " + file + " cannot be read");
    }

    @Test
    void whoKnowsThePassphraseOpensIt() throws Exception {
        run("select 1;", "encrypt:age?passphrase=RAW(a+b &%c)", "storage:file:" + folder);

        assertThat(opened(Files.readAllBytes(folder.resolve("shop.sql.zst.age")),
                Identities.ofPassphrase("a+b &%c"))).isEqualTo("select 1;");
    }

    @Test
    void refusesWrongOptionsAtStart() {
        refused("encrypt:age", "option recipients: it is missing");
        refused("encrypt:pgp?recipients=x", "unknown format; use one of [age]");
        refused("encrypt:age?recipients=age1nonsense", "option recipients: 'age1nonsense' is no X25519 recipient");
        refused(SEAL + "&passphrase=secret-one", "option passphrase: the format has no other recipients");
        refused("encrypt:age?passphrase= ", "option passphrase: it is empty");
        refused("encrypt:age?recipients=RAW(" + KEY.file().lines().reduce((a, b) -> b).orElseThrow() + ")",
                "option recipients: it names an identity");
    }

    private void refused(String uri, String message) {
        assertThatThrownBy(() -> context.getEndpoint(uri)).hasStackTraceContaining(message);
    }

    @Test
    void sealsAnArtifactByItsOwnName() throws Exception {
        Exchange exchange = context.createProducerTemplate().request(SEAL,
                sent -> sent.getMessage().setBody(new BytesArtifact("report.html", new byte[3])));

        assertThat(exchange.getMessage().getHeader(OnedumpConstants.FILE_NAME)).isEqualTo("report.html.age");
    }

    private record Stub(InputStream stream, boolean fails) implements Source {

        Stub(String text, boolean fails) {
            this(new ByteArrayInputStream(text.getBytes()), fails);
        }

        @Override
        public void complete() throws IOException {
            if (fails) {
                throw new IOException("the dumper has failed");
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
