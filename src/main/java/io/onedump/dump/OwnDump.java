package io.onedump.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;

import io.onedump.artifact.ProducedSource;
import io.onedump.artifact.Threads;

/**
 * A dump by connections of our own: says of each failure what it was that failed, and ends what takes too long.
 *
 * @param told makes the exception
 */
record OwnDump(Threads threads, DumpRequest request, Scratch scratch, ProducedSource.Producer dump,
        Function<IOException, DumpException> told) implements ProducedSource.Producer {

    @Override
    public void writeTo(OutputStream out) throws IOException {
        long end = System.nanoTime() + request.timeout().toNanos();
        try (Threads.Scheduled limit = request.timeout().isZero()
                ? () -> {
                }
                : threads.every(request.timeout(), "end " + request.subject(), dump::close)) {
            written(out);
        } catch (IOException e) {
            if (!request.timeout().isZero() && System.nanoTime() >= end) {
                throw new DumpException(request.subject() + ": stopped because it ran longer than its timeout of "
                        + request.timeout(), e);
            }
            throw told.apply(e);
        }
    }

    /** An answer that is none may come up where rows are read. */
    private void written(OutputStream out) throws IOException {
        try {
            dump.writeTo(out);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    @Override
    public Map<String, String> attributes() {
        return dump.attributes();
    }

    @Override
    public void close() {
        dump.close();
        try {
            scratch.close();
        } catch (IOException e) {
            throw new IllegalStateException("a tunnel cannot be closed", e);
        }
    }
}
