package io.onedump.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Compression;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Spool;
import io.onedump.artifact.Spools;
import io.onedump.artifact.UnboundArtifact;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecResult;

/**
 * A command's output as an artifact. It is made without knowing the exchange, and is bound to it by the first step that
 * reads it.
 */
final class ArtifactResult extends ExecResult implements UnboundArtifact {

    private static final long serialVersionUID = 1L;

    private final transient Spool spool;
    private final transient Spools spools;
    private final transient Compression compression;
    private transient boolean bound;

    ArtifactResult(ExecCommand command, Spool spool, Spools spools, Compression compression) {
        super(command, InputStream.nullInputStream(), InputStream.nullInputStream(), 0);
        this.spool = spool;
        this.spools = spools;
        this.compression = compression;
    }

    /** The output, which from now on ends with the exchange, under the name that it was made with. */
    synchronized Artifact output(Exchange exchange) {
        if (!bound) {
            spools.endWith(exchange, spool);
            bound = true;
        }
        return spool;
    }

    @Override
    public Artifact bind(Exchange exchange) {
        output(exchange);
        Message message = exchange.getMessage();
        String wanted = message.getHeader(OnedumpConstants.FILE_NAME, String.class);
        String name = wanted == null ? spool.name() : compression.nameFor(wanted);
        // Storages go by the header, which says nothing yet of the compression.
        message.setHeader(OnedumpConstants.FILE_NAME, name);
        return spool.named(name);
    }

    @Override
    public InputStream getStdout() {
        try {
            return compression.decompress(spool.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
