package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * An artifact that is kept nowhere: every {@link #open()} after the first starts its producer again, so it suits one
 * storage and costs a whole new dump for each retry.
 */
public final class StreamedArtifact implements Artifact, Closeable {

    private final Threads threads;
    private final String name;
    private final Source.Factory producer;
    private final Compression compression;
    private final Integer level;
    private Source source;
    private Pump pump;
    private Pipe pipe;
    private boolean opened;

    StreamedArtifact(Threads threads, String name, Source.Factory producer, Compression compression, Integer level)
            throws IOException {
        this.threads = threads;
        this.name = name;
        this.producer = producer;
        this.compression = compression;
        this.level = level;
        start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized InputStream open() throws IOException {
        if (opened) {
            if (!pipe.isDone()) {
                throw new IOException(name + " is being read already: without a spool a dump goes to one storage only;"
                        + " set spool to true to feed several");
            }
            start();
        }
        opened = true;
        return pipe;
    }

    @Override
    public Digest digest() throws IOException {
        Pipe current;
        synchronized (this) {
            current = pipe;
        }
        return current.digest();
    }

    @Override
    public synchronized Map<String, String> attributes() {
        return source.attributes();
    }

    @Override
    public synchronized Artifact original() {
        return source.origin() == null ? this : source.origin();
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public synchronized void close() {
        pump.abort();
        pipe.close();
    }

    @Override
    public String toString() {
        return "StreamedArtifact[" + name + "]";
    }

    private void start() throws IOException {
        pipe = new Pipe();
        source = producer.start();
        pump = new Pump(threads, name, source, compression, level, pipe);
        pump.start();
        pump.awaitFirstBytes();
    }
}
