package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.WorkFolder;
import io.onedump.servers.Ftpd;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints without a backend, which can do nothing but take a message; the server is a real one. */
@Timeout(60)
class PutOnlyTest {

    private static final String NAME = "shop.sql.zst";
    private static final byte[] GOOD = new byte[3_000_000];
    /** In text mode the line feed becomes two bytes. */
    private static final byte[] NEW = "new\nand whole\r\n\0".getBytes();

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Path kept;
    private Ftpd server;

    @BeforeEach
    void start() throws Exception {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        kept = Files.createDirectory(folder.resolve("kept"));
        server = Ftpd.start(kept);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        server.close();
    }

    @Test
    void keepsWhatIsWholeByteForByte() throws Exception {
        assertThat(put("", new BytesArtifact(NAME, NEW)).getException()).isNull();

        assertThat(kept.resolve(NAME)).hasBinaryContent(NEW);
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void replacesWhatIsThere() throws Exception {
        Files.write(kept.resolve(NAME), GOOD);

        assertThat(put("", new BytesArtifact(NAME, NEW)).getException()).isNull();

        assertThat(kept.resolve(NAME)).hasBinaryContent(NEW);
        assertThat(names()).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&tempPrefix=part-", "&tempFileName=${file:name}.tmp"})
    void keepsTheGoodOneWhenTheDumpFailsHalfWay(String options) throws Exception {
        Files.write(kept.resolve(NAME), GOOD);

        Exchange exchange = put(options, new Breaking(NAME, true, true));

        assertThat(exchange.getException()).isInstanceOf(ProducerFailedException.class);
        assertThat(kept.resolve(NAME)).hasBinaryContent(GOOD);
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void sendsNothingOfADumpWithoutASpoolThatFails() throws Exception {
        Exchange exchange = put("", new Breaking(NAME, false, true));

        assertThat(exchange.getException()).isInstanceOf(ProducerFailedException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void keepsTheGoodOneWhenSendingBreaksOff() throws Exception {
        Files.write(kept.resolve(NAME), GOOD);

        Exchange exchange = put("", new Breaking(NAME, true, false));

        assertThat(exchange.getException()).isNotNull();
        assertThat(kept.resolve(NAME)).hasBinaryContent(GOOD);
        assertThat(names()).allMatch(name -> name.equals(NAME) || TemporaryName.matches(name));
    }

    /** Whatever writes files by Camel's file component, under whichever name. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsTheGoodOneInAFolderThatHasNoBackend(boolean spooled) throws Exception {
        context.addComponent("disk", new FileComponent());
        Files.write(kept.resolve(NAME), GOOD);

        assertThat(send("storage:disk:" + kept + "?sidecar=never", new Breaking(NAME, spooled, true)).getException())
                .isInstanceOf(ProducerFailedException.class);
        assertThat(kept.resolve(NAME)).hasBinaryContent(GOOD);
        assertThat(names()).containsExactly(NAME);

        assertThat(send("storage:disk:" + kept + "?sidecar=never", new BytesArtifact(NAME, NEW)).getException())
                .isNull();
        assertThat(kept.resolve(NAME)).hasBinaryContent(NEW);
        assertThat(names()).containsExactly(NAME);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNothingToAnyOtherEndpointOfADumpThatFails(boolean spooled) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:elsewhere").to("mock:elsewhere");
            }
        });

        assertThat(send("storage:direct:elsewhere?sidecar=never", new Breaking(NAME, spooled, true)).getException())
                .isInstanceOf(ProducerFailedException.class);
        assertThat(context.getEndpoint("mock:elsewhere", MockEndpoint.class).getReceivedCounter()).isZero();
    }

    @Test
    void sendsNothingWhereTheNameIsTakenAndNothingIsToBeReplaced() throws Exception {
        Files.write(kept.resolve(NAME), GOOD);

        Exchange exchange = put("&fileExist=Fail", new BytesArtifact(NAME, NEW));

        assertThat(exchange.getException()).hasMessageContaining("already exist");
        assertThat(kept.resolve(NAME)).hasBinaryContent(GOOD);
        assertThat(names()).containsExactly(NAME);
    }

    @Test
    void movesWhatIsThereWhenItIsToldTo() throws Exception {
        Files.write(kept.resolve(NAME), GOOD);

        assertThat(put("&fileExist=Move&moveExisting=RAW(old-${file:name})", new BytesArtifact(NAME, NEW))
                .getException()).isNull();

        assertThat(kept.resolve(NAME)).hasBinaryContent(NEW);
        assertThat(kept.resolve("old-" + NAME)).hasBinaryContent(GOOD);
        assertThat(names()).containsExactlyInAnyOrder(NAME, "old-" + NAME);
    }

    @Test
    void keepsTheGoodOneAsideWhenTheDumpFailsBehindTheMove() throws Exception {
        Files.write(kept.resolve(NAME), GOOD);

        put("&fileExist=Move&moveExisting=RAW(old-${file:name})", new Breaking(NAME, true, false));

        assertThat(kept.resolve("old-" + NAME)).hasBinaryContent(GOOD);
        assertThat(kept.resolve(NAME)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fileExist=Append", "fileExist=ignore", "eagerDeleteTargetFile=true", "binary=false",
            "fileExist=Move", "fileExist=move"})
    void refusesWhatWouldLoseAnArtifact(String option) {
        assertThatThrownBy(() -> context.getEndpoint("storage:" + server.uri() + "?" + option))
                .hasStackTraceContaining("option " + option.substring(0, option.indexOf('=')));
    }

    @Test
    void doesNotBindItsOptionsToTheEndpointOfOthers() {
        context.getEndpoint("storage:" + server.uri() + "/x?passiveMode=true");

        assertThat(context.getEndpoint(server.uri() + "/x?passiveMode=true").getEndpointUri())
                .doesNotContain("tempFileName");
    }

    private Exchange put(String options, Artifact artifact) {
        return send("storage:" + server.uri() + "?passiveMode=true&sidecar=never&password=" + Ftpd.PASSWORD + options,
                artifact);
    }

    private Exchange send(String storage, Artifact artifact) {
        return context.createProducerTemplate().send(storage, exchange -> {
            exchange.getMessage().setBody(artifact);
            exchange.getMessage().setHeader(OnedumpConstants.FILE_NAME, NAME);
        });
    }

    private String[] names() {
        return kept.toFile().list();
    }

    /** Its stream fails behind a million bytes; its digest says so too, or else it is whole and only cannot be read. */
    private record Breaking(String name, boolean repeatable, boolean failed) implements Artifact {

        @Override
        public InputStream open() {
            return new SequenceInputStream(new ByteArrayInputStream(new byte[1_000_000]), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw failed ? new ProducerFailedException("the dump failed") : new IOException("cannot be read");
                }
            });
        }

        @Override
        public Digest digest() throws IOException {
            if (failed) {
                throw new ProducerFailedException("the dump failed");
            }
            return new BytesArtifact(name, GOOD).digest();
        }
    }
}
