package io.onedump.restore.mysql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import io.onedump.database.mysql.Row;

/** How much room the target's disk has: no SQL tells it, so only of a server on this machine. */
final class TargetSpace {

    private TargetSpace() {
    }

    /** Empty where it cannot be known. */
    static OptionalLong free(TargetSession target) throws IOException {
        Row row = Row.only(target.query("SELECT @@global.hostname, @@global.datadir"));
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
