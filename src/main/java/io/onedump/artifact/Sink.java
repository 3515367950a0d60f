package io.onedump.artifact;

import java.io.IOException;

/** Where a {@link Pump} leaves what it made: exactly one of {@link #finish} and {@link #fail} ends it. */
interface Sink {

    void append(byte[] bytes, int offset, int length) throws IOException;

    void finish() throws IOException;

    void fail(IOException cause);
}
