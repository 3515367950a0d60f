package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpoolsTest {

    @TempDir
    private Path root;

    private CamelContext context;
    private Spools spools;

    @BeforeEach
    void start() {
        context = contextWith(root);
        context.start();
        spools = Spools.of(context);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void isOnePerContext() {
        assertThat(Spools.of(context)).isSameAs(spools);
    }

    @Test
    void makesNoFolderBeforeItIsNeeded() {
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void returnsWhenTheFirstBytesHaveCome() throws IOException {
        FakeSource source = FakeSource.endless();

        Spool spool = spools.spool("endless", source, Compression.NONE, null);

        assertThat(spool.open().readNBytes(3)).asString().isEqualTo("xxx");
        assertThat(spools.spooledBytes()).isPositive();
        spool.close();
        await().until(source::isClosed);
    }

    @Test
    void leavesNothingOfASourceThatFailsAtOnce() {
        FakeSource source = new FakeSource(InputStream.nullInputStream(), () -> {
            throw new IOException("access denied");
        });

        assertThatThrownBy(() -> spools.spool("shop.sql", source, Compression.ZSTD, null)).hasMessage("access denied");

        assertThat(source.isClosed()).isTrue();
        assertThat(spooledFiles()).isEmpty();
    }

    @Test
    void closesTheSourceWhenThereIsNoWorkFolder() throws Exception {
        Path file = Files.createFile(root.resolve("file"));
        FakeSource source = FakeSource.endless();
        try (CamelContext other = contextWith(file)) {
            other.start();

            assertThatThrownBy(() -> Spools.of(other).spool("shop.sql", source, Compression.NONE, null))
                    .hasMessageContaining("work folder " + file).hasMessageContaining(WorkFolder.PROPERTY);
        }
        assertThat(source.isClosed()).isTrue();
    }

    /** As where no thread can be had any more. */
    @Test
    void closesTheSourceAfterAnError() {
        AtomicBoolean closed = new AtomicBoolean();
        Source source = new Source() {
            @Override
            public InputStream stream() {
                return InputStream.nullInputStream();
            }

            @Override
            public void complete() {
                // It has none of its own.
            }

            @Override
            public void onAbandoned(Consumer<IOException> listener) {
                throw new OutOfMemoryError("unable to create native thread");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() -> spools.spool("shop.sql", source, Compression.NONE, null))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(closed).isTrue();
        assertThat(spooledFiles()).isEmpty();
    }

    @Test
    void endsASpoolWithItsExchange() throws IOException {
        Exchange exchange = new DefaultExchange(context);
        FakeSource source = FakeSource.endless();
        Spool spool = spools.spool("shop.sql", source, Compression.NONE, null);
        spools.endWith(exchange, spool);
        assertThat(spooledFiles()).hasSize(1);

        UnitOfWorkHelper.doneSynchronizations(exchange, exchange.getExchangeExtension().handoverCompletions());

        assertThat(spooledFiles()).isEmpty();
        await().until(source::isClosed);
        assertThatThrownBy(spool::open).hasMessageContaining("gone");
    }

    @Test
    void endsEverythingWithTheContext() throws IOException {
        FakeSource source = FakeSource.endless();
        Spool spool = spools.spool("shop.sql", source, Compression.NONE, null);
        Files.writeString(spools.scratchFile("client.cnf"), "secret");

        context.stop();

        assertThatThrownBy(spool::open).hasMessageContaining("gone");
        await().until(source::isClosed);
        assertThat(spooledFiles()).isEmpty();
    }

    @Test
    void keepsItsFilesFromOtherUsers() throws IOException {
        Spool spool =
                spools.spool("shop.sql", FakeSource.of(new ByteArrayInputStream(new byte[] {1})), Compression.NONE,
                        null);

        assertThat(Files.getPosixFilePermissions(spool.file().getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    /** Who may put one there could have dumps written where he reads. */
    @Test
    void writesNothingThroughASymbolicLink() throws Exception {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);
        try (CamelContext linked = contextWith(link)) {
            linked.start();

            assertThatThrownBy(() -> Spools.of(linked).spool("shop.sql", FakeSource.endless(), Compression.NONE, null))
                    .hasStackTraceContaining("is a symbolic link; name the folder that it leads to");
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    private static CamelContext contextWith(Path root) {
        CamelContext context = new DefaultCamelContext();
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, root.toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        return context;
    }

    private List<Path> spooledFiles() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
