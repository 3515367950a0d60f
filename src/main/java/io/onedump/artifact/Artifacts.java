package io.onedump.artifact;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.WrappedFile;

/** The message body as an artifact. */
public final class Artifacts {

    private Artifacts() {
    }

    /**
     * The body itself if it is an artifact, else what wraps it: files stay where they are, texts and bytes stay in
     * memory, streams are spooled. Its name is the header {@code CamelFileName} where there is one.
     *
     * @throws IOException when there is no body, no way to read it as bytes, or when it is of a command that failed
     */
    public static Artifact of(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        ExecOutcome.requireSuccess(body);
        if (body instanceof UnboundArtifact unbound) {
            return unbound.bind(exchange);
        }
        if (body instanceof Artifact artifact) {
            return artifact;
        }
        String name = name(message, exchange);
        if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return new FileArtifact(name, file.toPath());
        }
        if (body instanceof File file) {
            return new FileArtifact(message.getHeader(OnedumpConstants.FILE_NAME, file.getName(), String.class),
                    file.toPath());
        }
        if (body instanceof String || body instanceof byte[]) {
            return new BytesArtifact(name, message.getBody(byte[].class));
        }
        InputStream in = body == null ? null : message.getBody(InputStream.class);
        if (in == null) {
            throw new IOException("the message has no body to store: expected an artifact, a file, a stream, bytes"
                    + " or text,"
                    + " got " + (body == null ? "nothing" : body.getClass().getName()));
        }
        Spools spools = Spools.of(exchange.getContext());
        Spool spool = spools.spool(name, new StreamSource(in), Compression.NONE, null);
        spools.endWith(exchange, spool);
        return spool;
    }

    private static String name(Message message, Exchange exchange) {
        return message.getHeader(OnedumpConstants.FILE_NAME, () -> exchange.getExchangeId(), String.class);
    }

    /** A stream whose end is all that it says about being whole. */
    private record StreamSource(InputStream stream) implements Source {

        @Override
        public void complete() {
            // An exception of the stream itself is the only sign of failure there is.
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                // Nothing was being written through it.
            }
        }
    }
}
