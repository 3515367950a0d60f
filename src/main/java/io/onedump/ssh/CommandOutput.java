package io.onedump.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a command on a server prints. */
final class CommandOutput {

    private CommandOutput() {
    }

    /** Reads to the end; null when there is more than that many bytes, which nobody has asked for. */
    static String of(InputStream out, long most) throws IOException {
        byte[] read = out.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
        return read.length > most ? null : new String(read, StandardCharsets.UTF_8);
    }
}
