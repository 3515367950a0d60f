package io.onedump.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.IsoInstant;
import io.onedump.artifact.WorkFolder;
import io.onedump.database.Dsn;
import io.onedump.database.ProductVersion;
import io.onedump.drill.proof.Definitions;
import io.onedump.drill.proof.LossyColumns;
import io.onedump.drill.proof.Roles;
import io.onedump.drill.scratch.Scratch;
import io.onedump.drill.scratch.ScratchChoice;
import io.onedump.dump.SchemaDump;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.Restoration;
import io.onedump.restore.StoredDump;
import io.onedump.restore.StoredEntry;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.storage.StorageException;

/**
 * A dump in a drill: how it comes into a scratch server, and how that is compared with it.
 *
 * @param dump the same, opened where it is sealed
 * @param file null for a tool's dump, which does not say what its rows are
 */
record DrilledDump(Drill drill, StoredEntry entry, StoredDump dump, DumpFile file, ScratchChoice.Origin origin) {

    static DrilledDump of(Drill drill, StoredEntry entry, StoredDump dump) throws IOException {
        String server = entry.identity().get("server-id").orElse("");
        DumpFile file;
        try {
            file = DumpFile.open(dump.bytes());
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            String[] said = entry.identity().get("server").orElse("").split(" ", 2);
            if (said.length < 2) {
                throw new DrillException(entry.name() + ": " + e.getMessage() + ", and its sidecar does not say of"
                        + " which server it is");
            }
            return new DrilledDump(drill, entry, dump, null, new ScratchChoice.Origin(said[0], said[1], server));
        }
        DumpIndex.Origin origin = file.index().origin();
        return new DrilledDump(drill, entry, dump, file,
                new ScratchChoice.Origin(origin.family(), origin.server(), server));
    }

    private boolean isPostgres() {
        return origin.family().equals("postgres");
    }

    /** The one database of a dump that does not make its own; null for others. */
    private String database() throws IOException {
        if (isPostgres()) {
            return null;
        }
        if (file == null) {
            return entry.identity().get("databases").filter(names -> !names.contains(",") && !names.equals("all"))
                    .orElse(null);
        }
        return file.index().origin().named() ? null : file.index().origin().databases().get(0);
    }

    /** When what it holds was so; of a tool's dump when its run began. */
    Instant snapshot() {
        return file == null ? entry.time() : IsoInstant.parse(file.index().origin().started());
    }

    /** Makes what the dump needs there; answers where it is to be restored. */
    Dsn prepare(Scratch server) throws IOException {
        if (isPostgres()) {
            if (file != null) {
                server.makeRoles(Roles.of(file));
            }
            return server.dsn();
        }
        if (database() == null) {
            return server.dsn();
        }
        server.makeDatabase(database());
        return server.dsn().withDatabase(database());
    }

    /** Restores it and compares what came with what it says. */
    void prove(Course course, Scratch server, Dsn place) throws IOException {
        course.restored(restoration(place, true).run(dump));
        if (file == null) {
            course.note("a tool's dump does not say what its rows are: they were restored, not compared; dump with"
                    + " dump:" + (isPostgres() ? "postgres-native" : "mysql-native"));
            if (!isPostgres()) {
                LossyColumns.find(server.dsn()).forEach(course::find);
            }
            return;
        }
        compareDefinitions(course, server, true);
    }

    /**
     * Compares what is there with what it says, rows and all else.
     *
     * @param counters whether a table's next number has to be the same too, which transactions that were taken back
     *                 have used up
     */
    void compare(Course course, Scratch server, boolean counters) throws IOException {
        if (file == null) {
            throw new DrillException(entry.name() + " is a tool's dump, which does not say what its rows are");
        }
        Dsn place = database() == null ? server.dsn() : server.dsn().withDatabase(database());
        course.restored(restoration(place, false).compare(dump));
        compareDefinitions(course, server, counters);
    }

    private Restoration restoration(Dsn place, boolean verify) {
        return new Restoration(drill.threads(), place, null, RestoreChoice.everything(), drill.parallel(), verify,
                drill.client(), drill.work(), drill.listener());
    }

    /** @param counters whether a table's next number has to be the same too */
    private void compareDefinitions(Course course, Scratch server, boolean counters) throws IOException {
        if (!isAlike(origin.version(), server.version())) {
            course.note("definitions were not compared, since servers of different versions write them differently: the"
                    + " dump is of " + origin.version() + ", the scratch server " + server.version());
            return;
        }
        Path folder = Files.createTempDirectory(drill.work(), "definitions-");
        try {
            drill.listener().doing("comparing definitions");
            boolean accounts = server.isPrivate() && file.index().parts().stream()
                    .anyMatch(part -> part.kind() == DumpIndex.Kind.ACCOUNT);
            Path copy = folder.resolve("definitions.sql.zst");
            SchemaDump.write(drill.threads(), server.dsn(), isPostgres() ? server.dsn().database() : database(),
                    accounts, copy, course::note);
            Definitions expected = Definitions.of(file, accounts, "", counters);
            Definitions found = Definitions.of(DumpFile.open(ByteRanges.of(copy)), accounts, server.own(),
                    counters);
            course.compared(expected.texts().size(), expected.differences(found));
        } finally {
            WorkFolder.delete(folder);
        }
    }

    /** Of PostgreSQL the first number is a release, of the others the first two. */
    private boolean isAlike(String one, String other) {
        Optional<ProductVersion> first = ProductVersion.find(one);
        Optional<ProductVersion> second = ProductVersion.find(other);
        return first.isPresent() && second.isPresent() && first.get().major() == second.get().major()
                && (isPostgres() || first.get().minor() == second.get().minor());
    }
}
