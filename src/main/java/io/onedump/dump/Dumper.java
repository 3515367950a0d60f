package io.onedump.dump;

import java.io.IOException;

/** Turns a request into the command of one family's tool. */
interface Dumper {

    /**
     * Refuses what can be seen to be wrong before anything is started.
     *
     * @throws IllegalArgumentException naming the option and the way out
     */
    void check(DumpRequest request);

    /** @param scratch where to put what the tool must not be told on its command line */
    Command command(DumpRequest request, Scratch scratch) throws IOException;

    /** The ending that the tool's output has before compression, with its dot. */
    String extension(DumpRequest request);

    static Dumper of(DumperKind kind) {
        return kind.family() == Dsn.Family.MYSQL ? new MySqlDumper() : new PgDumper();
    }
}
