package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.TypeConversionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultDataFormat;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Artifacts in a plain Camel context, as its users read a body. */
class ArtifactConvertersTest extends CamelTestSupport {

    private static final String TEXT = "SELECT 'Grüße';\n";

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:simple").setBody(simple("-- ${body}")).to("mock:end");
                from("direct:bytes").convertBodyTo(byte[].class).to("mock:end");
                from("direct:text").convertBodyTo(String.class).to("mock:end");
                from("direct:latin").convertBodyTo(String.class, "ISO-8859-1").to("mock:end");
                from("direct:marshal").marshal(new Copy()).convertBodyTo(byte[].class).to("mock:end");
                from("direct:stream").convertBodyTo(InputStream.class).convertBodyTo(String.class).to("mock:end");
                from("direct:log").log("${body}").to("log:x?showAll=true").to("mock:end");
            }
        };
    }

    @Test
    void isTextInAnExpression() throws Exception {
        assertThat(through("direct:simple", artifact("a.sql", TEXT))).isEqualTo("-- " + TEXT);
    }

    @Test
    void isTextAndBytesForConvertBodyTo() throws Exception {
        assertThat(through("direct:text", artifact("a.sql", TEXT))).isEqualTo(TEXT);
        assertThat(through("direct:bytes", artifact("a.sql", TEXT))).isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
    }

    /** A data format takes bytes or a stream; the artifact stays readable for who comes after. */
    @Test
    void isBytesForMarshalAndAStreamForConvertBodyTo() throws Exception {
        Artifact artifact = artifact("a.sql", TEXT);

        assertThat(through("direct:marshal", artifact)).isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(through("direct:stream", artifact)).isEqualTo(TEXT);
        assertThat(through("direct:marshal", artifact)).isEqualTo(TEXT.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what it is given as Camel's own formats do. */
    private static final class Copy extends DefaultDataFormat {

        @Override
        public void marshal(Exchange exchange, Object graph, OutputStream stream) throws Exception {
            stream.write(exchange.getContext().getTypeConverter().mandatoryConvertTo(byte[].class, exchange, graph));
        }

        @Override
        public Object unmarshal(Exchange exchange, InputStream stream) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void isReadInTheCharsetThatTheRouteNames() throws Exception {
        byte[] latin = TEXT.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(through("direct:latin", new BytesArtifact("a.sql", latin))).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void isUnpackedAsTextAndStaysAsItIsInBytes(Compression compression) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = compression.compress(packed, null)) {
            out.write(TEXT.getBytes(StandardCharsets.UTF_8));
        }
        Artifact artifact = new BytesArtifact(compression.nameFor("a.sql"), packed.toByteArray());

        assertThat(through("direct:text", artifact)).isEqualTo(TEXT);
        assertThat(through("direct:bytes", artifact)).isEqualTo(packed.toByteArray());
        assertThat(read(context.getTypeConverter().mandatoryConvertTo(Reader.class, exchange(), artifact)))
                .isEqualTo(TEXT);
    }

    @Test
    void isTheSameUnderAnotherName() throws Exception {
        assertThat(through("direct:text", artifact("a.sql", TEXT).named("b.sql"))).isEqualTo(TEXT);
    }

    @Test
    void longOnesAreRefusedAndSayWhatToDo() {
        Artifact endless = new Artifact() {
            @Override
            public String name() {
                return "shop.sql";
            }

            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public Digest digest() {
                throw new IllegalStateException("nobody waits for its end");
            }

            @Override
            public long awaitBytes(long bytes) {
                return bytes;
            }
        };
        for (String route : new String[] {"direct:text", "direct:bytes", "direct:simple"}) {
            assertThatThrownBy(() -> through(route, endless)).isInstanceOf(CamelExecutionException.class)
                    .hasStackTraceContaining("shop.sql is longer than the 16 MiB that are held in memory");
        }
    }

    @Test
    void oneThatUnpacksToTooMuchIsRefused() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = Compression.ZSTD.compress(packed, null)) {
            out.write(new byte[ArtifactConverters.LIMIT + 1]);
        }
        Artifact artifact = new BytesArtifact("a.zst", packed.toByteArray());
        assertThatThrownBy(() -> context.getTypeConverter().mandatoryConvertTo(String.class, exchange(), artifact))
                .isInstanceOf(TypeConversionException.class).hasStackTraceContaining("longer than the 16 MiB");
    }

    @Test
    void oneThatEveryReaderStartsAnewIsNotStartedForItsText() throws IOException {
        Artifact streamed = new Artifact() {
            @Override
            public String name() {
                return "a.sql";
            }

            @Override
            public InputStream open() {
                throw new IllegalStateException("it was started");
            }

            @Override
            public Digest digest() {
                throw new IllegalStateException("it was started");
            }

            @Override
            public boolean repeatable() {
                return false;
            }
        };
        assertThatThrownBy(() -> ArtifactConverters.toBytes(streamed)).hasMessageContaining("set spool to true");
    }

    private static Artifact artifact(String name, String text) {
        return new BytesArtifact(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Object through(String route, Artifact artifact) throws InterruptedException {
        MockEndpoint end = getMockEndpoint("mock:end");
        end.reset();
        end.expectedMessageCount(1);
        template.sendBody(route, artifact);
        end.assertIsSatisfied();
        return end.getExchanges().get(0).getMessage().getBody();
    }

    private Exchange exchange() {
        return new DefaultExchange(context);
    }

    private static String read(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }
}
