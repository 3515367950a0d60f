package io.onedump.database.mysql;

import java.io.IOException;

import com.github.shyiko.mysql.binlog.network.ClientCapabilities;
import com.github.shyiko.mysql.binlog.network.protocol.GreetingPacket;

/**
 * The server's first words.
 *
 * @param method the server's usual log-in method
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">protocol 10</a>
 */
record Greeting(String version, boolean offersTls, String scramble, String method) {

    private static final int PROTOCOL = 10;

    static Greeting parse(byte[] packet) throws IOException {
        if (packet[0] != PROTOCOL) {
            throw new IOException("this is no MySQL or MariaDB server: it greets with something else");
        }
        GreetingPacket greeting = new GreetingPacket(packet);
        String version = greeting.getServerVersion();
        int capabilities = greeting.getServerCapabilities();
        if ((capabilities & ClientCapabilities.PROTOCOL_41) == 0) {
            throw new IOException("the server " + version + " is too old: it does not speak protocol 4.1");
        }
        String method = greeting.getPluginProvidedData();
        // MariaDB up to 10 puts this in front, because old replicas refused a version that begins with "10".
        return new Greeting(version.replaceFirst("^5\\.5\\.5-(?=.*MariaDB)", ""),
                (capabilities & ClientCapabilities.SSL) != 0, greeting.getScramble(), method == null ? "" : method);
    }
}
