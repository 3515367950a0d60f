package io.onedump.dump;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

import io.onedump.artifact.Source;

/** A source whose bytes pass by somebody; all else is as that of the source itself. */
abstract class WrappedSource implements Source {

    private final Source source;
    private InputStream stream;

    WrappedSource(Source source) {
        this.source = source;
    }

    /** Called once. */
    abstract InputStream wrap(InputStream in);

    @Override
    public final synchronized InputStream stream() throws IOException {
        if (stream == null) {
            stream = wrap(source.stream());
        }
        return stream;
    }

    @Override
    public void complete() throws IOException {
        source.complete();
    }

    @Override
    public Map<String, String> attributes() {
        return source.attributes();
    }

    @Override
    public void onAbandoned(Consumer<IOException> listener) {
        source.onAbandoned(listener);
    }

    @Override
    public void close() {
        source.close();
    }
}
