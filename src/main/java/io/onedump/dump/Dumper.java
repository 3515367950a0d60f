package io.onedump.dump;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import io.onedump.artifact.process.Command;
import io.onedump.database.Dsn;

/** Turns a request into the command of one family's tool. */
interface Dumper {

    /**
     * Refuses what can be seen to be wrong before anything is started.
     *
     * @param tunnelled whether the database is reached through a tunnel
     * @throws IllegalArgumentException naming the option and the way out
     */
    void check(DumpRequest request, boolean tunnelled);

    /**
     * The command, once everything that can be asked before is known.
     *
     * @param scratch where to put what the tool must not be told on its command line
     * @param tell    for what the dump will lack, though it is no reason not to make it
     * @param facts   takes what a sidecar is to say of the dump, by its keys
     */
    Command command(DumpRequest request, Scratch scratch, Consumer<String> tell, Map<String, String> facts)
            throws IOException;

    /** The ending that the tool's output has before compression, with its dot. */
    String extension(DumpRequest request);

    static Dumper of(DumperKind kind) {
        return kind.family() == Dsn.Family.MYSQL ? new MySqlDumper() : new PgDumper();
    }
}
