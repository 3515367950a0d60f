package io.onedump.dump;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.onedump.artifact.Source;

/** A dump that remembers its first lines, which say what it is. */
final class DescribedSource implements Source {

    /** Holds the position and a long set of GTIDs. */
    private static final int HEAD = 64 * 1024;

    private final Source source;
    private final Map<String, String> facts;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private InputStream stream;

    /** @param facts what is known of it beside its first lines */
    DescribedSource(Source source, Map<String, String> facts) {
        this.source = source;
        this.facts = Map.copyOf(facts);
    }

    @Override
    public synchronized InputStream stream() throws IOException {
        if (stream == null) {
            stream = new Remembering(source.stream());
        }
        return stream;
    }

    @Override
    public Map<String, String> attributes() {
        String text;
        synchronized (head) {
            text = head.toString(StandardCharsets.UTF_8);
        }
        Map<String, String> attributes = new LinkedHashMap<>(DumpHead.read(text));
        new TreeMap<>(facts).forEach(attributes::put);
        return attributes;
    }

    @Override
    public void complete() throws IOException {
        source.complete();
    }

    @Override
    public void onAbandoned(Consumer<IOException> listener) {
        source.onAbandoned(listener);
    }

    @Override
    public void close() {
        source.close();
    }

    private final class Remembering extends FilterInputStream {

        Remembering(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            synchronized (head) {
                if (read > 0 && head.size() < HEAD) {
                    head.write(bytes, offset, Math.min(read, HEAD - head.size()));
                }
            }
            return read;
        }
    }
}
