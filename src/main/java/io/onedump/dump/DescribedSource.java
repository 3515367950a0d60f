package io.onedump.dump;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.Source;

/** A dump that remembers its first lines, which say what it is. */
final class DescribedSource extends WrappedSource {

    /** Holds the position and a long set of GTIDs. */
    private static final int HEAD = 64 * 1024;

    private final Map<String, String> facts;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    /** @param facts what is known of it beside its first lines */
    DescribedSource(Source source, Map<String, String> facts) {
        super(source);
        this.facts = Map.copyOf(facts);
    }

    @Override
    InputStream wrap(InputStream in) {
        return new Remembering(in);
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

    private final class Remembering extends BulkInputStream {

        Remembering(InputStream in) {
            super(in);
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
