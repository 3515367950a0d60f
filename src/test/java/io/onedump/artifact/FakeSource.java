package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A producer whose bytes and end a test chooses, and which remembers how it was treated. */
final class FakeSource implements Source {

    /** What {@link Source#complete()} does. */
    interface End {
        void come() throws IOException;
    }

    private final InputStream stream;
    private final End end;
    private final AtomicBoolean closed = new AtomicBoolean();

    FakeSource(InputStream stream, End end) {
        this.stream = stream;
        this.end = end;
    }

    /** One that ends well. */
    static FakeSource of(InputStream stream) {
        return new FakeSource(stream, () -> {
        });
    }

    /** Bytes without an end. */
    static FakeSource endless() {
        return of(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public void complete() throws IOException {
        end.come();
    }

    @Override
    public void close() {
        closed.set(true);
        try {
            stream.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
