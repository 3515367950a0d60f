package io.onedump.database.mysql;

import java.io.IOException;
import java.util.Arrays;

/**
 * The server's first words.
 *
 * @param method the server's usual log-in method
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">protocol 10</a>
 */
record Greeting(String version, boolean offersTls, byte[] scramble, String method) {

    private static final int PROTOCOL = 10;
    private static final int CLIENT_PROTOCOL_41 = 0x200;
    private static final int CLIENT_SSL = 0x800;

    static Greeting parse(byte[] packet) throws IOException {
        Payload payload = new Payload(packet);
        if (payload.integer(1) != PROTOCOL) {
            throw new IOException("this is no MySQL or MariaDB server: it greets with something else");
        }
        String version = payload.terminatedString();
        payload.integer(4);
        byte[] scramble = Arrays.copyOf(payload.bytes(8), 20);
        payload.integer(1);
        int capabilities = (int) payload.integer(2);
        payload.integer(3);
        capabilities |= (int) payload.integer(2) << 16;
        if ((capabilities & CLIENT_PROTOCOL_41) == 0) {
            throw new IOException("the server " + version + " is too old: it does not speak protocol 4.1");
        }
        payload.bytes(11);
        System.arraycopy(payload.bytes(12), 0, scramble, 8, 12);
        payload.integer(1);
        String method = payload.ended() ? "" : payload.terminatedString();
        // MariaDB up to 10 puts this in front, because old replicas refused a version that begins with "10".
        return new Greeting(version.replaceFirst("^5\\.5\\.5-(?=.*MariaDB)", ""), (capabilities & CLIENT_SSL) != 0,
                scramble, method);
    }
}
