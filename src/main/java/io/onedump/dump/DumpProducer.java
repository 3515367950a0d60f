package io.onedump.dump;

import java.io.Closeable;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Compression;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.NameExpression;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Run;
import io.onedump.artifact.Spools;
import io.onedump.artifact.UnboundArtifact;
import io.onedump.artifact.Warnings;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;

/** Starts a dump and leaves it in the body as an artifact once its first bytes have come. */
class DumpProducer extends DefaultProducer {

    private static final Logger LOG = CleanLog.of(DumpProducer.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final DumpEndpoint endpoint;
    private final Spools spools;
    private NameExpression fileName;

    DumpProducer(DumpEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.spools = Spools.of(endpoint.getCamelContext());
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (endpoint.getFileName() != null) {
            fileName = NameExpression.of(endpoint.getCamelContext(), endpoint.getFileName());
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (exchange.getMessage().getBody() instanceof UnboundArtifact hook) {
            // The output of a command that nobody reads any more: it may still run, and fail.
            hook.awaitEnd();
        }
        String name = endpoint.getCompression().nameFor(name(exchange));
        DumpFactory dump = new DumpFactory(ContextThreads.of(exchange.getContext()), endpoint.request(),
                endpoint.ssh(), spools::scratchFile, Warnings.of(exchange)::add);
        // Its frames are compressed already.
        Compression compression = endpoint.request().ofOurOwn() == null ? endpoint.getCompression() : Compression.NONE;
        Artifact artifact = endpoint.isSpool()
                ? spools.spool(name, dump.start(), compression, endpoint.getCompressionLevel())
                : spools.stream(name, dump, compression, endpoint.getCompressionLevel());
        spools.endWith(exchange, (Closeable) artifact);
        exchange.getMessage().setBody(artifact);
        exchange.getMessage().setHeader(OnedumpConstants.FILE_NAME, name);
        LOG.info("{}: writing {}", endpoint.request().subject(), name);
    }

    private String name(Exchange exchange) {
        if (fileName != null) {
            return fileName.evaluate(exchange);
        }
        Run run = Run.of(exchange);
        return endpoint.subject(run.job()) + "-" + TIME.format(run.started().atZone(ZoneId.systemDefault()))
                + Dumper.of(endpoint.request().kind()).extension(endpoint.request());
    }
}
