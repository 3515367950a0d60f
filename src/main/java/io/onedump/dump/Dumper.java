package io.onedump.dump;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;

/** Makes dumps of one kind: by a family's tool, or by connections of our own. */
interface Dumper {

    /**
     * Refuses what can be seen to be wrong before anything is started.
     *
     * @param tunnelled whether the database is reached through a tunnel
     * @throws IllegalArgumentException naming the option and the way out
     */
    void check(DumpRequest request, boolean tunnelled);

    /**
     * Starts the dump, once everything that can be asked before is known.
     *
     * @param scratch where to put what a tool must not be told on its command line; closed with the source
     * @param tell    for what the dump will lack, though it is no reason not to make it
     */
    Source start(Threads threads, DumpRequest request, Scratch scratch, Consumer<String> tell) throws IOException;

    /** The names of the programs that it may take; none for one that needs no program. */
    default List<String> tools(DumperKind kind) {
        return List.of();
    }

    /** Files that the DSN names and that are not here. */
    default List<Lack> lacks(DumpRequest request) {
        return List.of();
    }

    /** The ending that the tool's output has before compression, with its dot. */
    String extension(DumpRequest request);

    static Dumper of(DumperKind kind) {
        return switch (kind) {
            case mysqldump -> new MySqlDumper();
            case mysqlNative -> new NativeDumper();
            case postgresNative -> new PostgresNativeDumper();
            case pgdump, pgdumpall -> new PgDumper();
        };
    }
}
