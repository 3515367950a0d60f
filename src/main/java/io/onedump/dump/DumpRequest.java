package io.onedump.dump;

import java.time.Duration;
import java.util.List;

/**
 * What to dump and how.
 *
 * @param executable   path or name of the tool, or null to look for it
 * @param options      what the user adds to the tool's options
 * @param timeout      zero for none
 * @param stallTimeout zero for none
 */
record DumpRequest(
        DumperKind kind, Dsn dsn, String executable, List<String> options, Duration timeout, Duration stallTimeout) {

    DumpRequest {
        options = List.copyOf(options);
    }

    /** How messages call this dump; holds no secret. */
    String subject() {
        return "dump " + kind + " " + dsn.display();
    }

    /** The same dump through another address. */
    DumpRequest at(String host, int port) {
        return new DumpRequest(kind, dsn.at(host, port), executable, options, timeout, stallTimeout);
    }
}
