package io.onedump.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.github.luben.zstd.ZstdInputStream;
import io.onedump.artifact.Warnings;
import io.onedump.artifact.WorkFolder;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route as a user would write it: dump, checksum, then all storages at one time. */
final class DumpRoute implements AutoCloseable {

    private final Path workFolder;
    private final CamelContext context = new DefaultCamelContext();
    private List<String> warnings = List.of();

    /** @param workFolder where dumps are spooled */
    DumpRoute(Path workFolder) {
        this.workFolder = workFolder;
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, workFolder.toString());
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    CamelContext context() {
        return context;
    }

    /** Runs the route and throws what made it fail. */
    void run(String dump, String... storages) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + context.getRoutesSize()).to(dump).to("checksum:sha256")
                        .multicast().parallelProcessing().stopOnException().to(storages);
            }
        });
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            Exchange done = template.send("direct:" + (context.getRoutesSize() - 1), exchange -> {
            });
            warnings = Warnings.of(done).texts();
            if (done.getException() != null) {
                boolean wrapped = done.getException() instanceof CamelExchangeException;
                throw wrapped ? (Exception) done.getException().getCause() : done.getException();
            }
        }
    }

    /** What the last run had to say beyond its outcome. */
    List<String> warnings() {
        return warnings;
    }

    /** What is left of dumps, options files and keys. */
    List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(workFolder)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith(".lock")).toList();
        }
    }

    /** The bytes that the tool wrote, whatever the name says of their compression. */
    static InputStream decompressed(String name, InputStream stored) throws IOException {
        return name.endsWith(".zst")
                ? new ZstdInputStream(stored)
                : name.endsWith(".gz") ? new GZIPInputStream(stored) : stored;
    }

    static InputStream decompressed(Path file) throws IOException {
        return decompressed(file.toString(), Files.newInputStream(file));
    }

    static String text(Path file) throws IOException {
        try (InputStream in = decompressed(file)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
