package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;

/** An options file for the family's client, readable by this user only: passwords do not belong on a command line. */
final class ClientOptions implements Closeable {

    private final Path file;

    private ClientOptions(Path file) {
        this.file = file;
    }

    static ClientOptions write(Path folder, MySqlSettings target, Flavour client) throws IOException {
        Path file = folder.resolve("client.cnf");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text(target, client));
        return new ClientOptions(file);
    }

    static String text(MySqlSettings target, Flavour client) {
        StringBuilder text = new StringBuilder("[client]\nprotocol=tcp\n");
        option(text, "host", target.host());
        option(text, "port", Integer.toString(target.port()));
        option(text, "user", target.user());
        option(text, "password", target.password());
        if (target.authority() != null) {
            option(text, "ssl-ca", target.authority().toString());
        }
        TlsMode tls = target.tls();
        if (client == Flavour.MYSQL) {
            option(text, "ssl-mode", tls == TlsMode.VERIFY_FULL ? "VERIFY_IDENTITY" : tls.name());
        } else {
            // MariaDB's client prefers TLS, or not, by its version; from 11.4 on it verifies unless told not to.
            if (tls != TlsMode.PREFERRED) {
                option(text, "ssl", tls == TlsMode.DISABLED ? "0" : "1");
            }
            option(text, "ssl-verify-server-cert", tls.compareTo(TlsMode.VERIFY_CA) >= 0 ? "1" : "0");
        }
        return text.toString();
    }

    private static void option(StringBuilder text, String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new IllegalArgumentException(name + " must not hold a line break: a client's options file cannot"
                    + " carry it");
        }
        text.append(name).append("=\"").append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n");
    }

    String argument() {
        return "--defaults-file=" + file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
