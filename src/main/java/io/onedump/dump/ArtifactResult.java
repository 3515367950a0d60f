package io.onedump.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Compression;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Spool;
import io.onedump.artifact.Spools;
import io.onedump.artifact.UnboundArtifact;
import io.onedump.artifact.process.ProcessSource;
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
    private final transient ProcessSource process;
    private transient boolean bound;

    /** @param process known to have ended, or else not asked how */
    ArtifactResult(ExecCommand command, ProcessSource process, Spool spool, Spools spools, Compression compression) {
        super(command, InputStream.nullInputStream(), InputStream.nullInputStream(), process.exitCode());
        this.process = process;
        this.spool = spool;
        this.spools = spools;
        this.compression = compression;
    }

    /** The output, which from now on ends with the exchange, under the name that it was made with. */
    Artifact output(Exchange exchange) {
        endWith(exchange);
        return spool;
    }

    @Override
    public Artifact bind(Exchange exchange) throws IOException {
        if (spool.isWhole() && process.printedNothing()) {
            throw new DumpException("exec " + Path.of(getCommand().getExecutable()).getFileName()
                    + ": printed nothing, so there is nothing to keep");
        }
        endWith(exchange);
        Message message = exchange.getMessage();
        String wanted = message.getHeader(OnedumpConstants.FILE_NAME, String.class);
        String name = wanted == null ? spool.name() : compression.nameFor(wanted);
        // Storages go by the header, which says nothing yet of the compression.
        message.setHeader(OnedumpConstants.FILE_NAME, name);
        return spool.named(name);
    }

    @Override
    public void awaitEnd() throws IOException {
        spool.digest();
    }

    /** Has the output go away with the exchange, whether or not anybody reads it. */
    synchronized void endWith(Exchange exchange) {
        if (!bound) {
            spools.endWith(exchange, spool);
            bound = true;
        }
    }

    /** What the command has printed, as it has printed it. */
    @Override
    public InputStream getStdout() {
        try {
            return compression.decompress(spool.open());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
