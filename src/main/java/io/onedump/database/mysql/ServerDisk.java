package io.onedump.database.mysql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** How much room a server's disk has: no SQL tells it, so only of a server on this machine. */
public final class ServerDisk {

    /** What to ask the server. */
    public static final String QUESTION = "SELECT @@global.hostname, @@global.datadir";

    private ServerDisk() {
    }

    /**
     * Empty where it cannot be known.
     *
     * @param answer to {@link #QUESTION}
     */
    public static OptionalLong free(List<Row> answer) throws IOException {
        Row row = Row.only(answer);
        if (!row.get(0).equals(hostName())) {
            return OptionalLong.empty();
        }
        Path data = Path.of(row.get(1));
        try {
            return Files.isDirectory(data)
                    ? OptionalLong.of(Files.getFileStore(data).getUsableSpace())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
