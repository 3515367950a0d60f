package io.onedump.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.PrivateFolder;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.mysql.NativeDump;
import io.onedump.dump.mysql.Selection;
import io.onedump.restore.Restoration;
import io.onedump.restore.StoredDump;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreResult;

/**
 * Brings a part to a moment where filters cannot: the whole server comes back on a scratch server, and the part is
 * dumped there and restored from that.
 *
 * @param part    into the target
 * @param scratch the server that the whole was restored into
 */
record PartThroughScratch(Restoration part, MySqlSettings scratch) {

    /**
     * What comes into the target, for people, as the dump of the whole tells it.
     *
     * @throws io.onedump.restore.choice.RestoreException when it could not be done
     */
    List<String> plan(StoredDump whole) throws IOException {
        return part.plan(whole);
    }

    /** @param work this process's own folder, with room for the part */
    RestoreResult run(Path work, int connections) throws IOException {
        RestoreChoice choice = part.choice();
        Path file = Files.createFile(work.resolve("part.sql.zst"), PrivateFolder.ownFile());
        Selection selection = new Selection(choice.databases().size() == 1 ? choice.databases().get(0) : null,
                choice.tables(), List.of(), Map.of(), true, true, false);
        try (NativeDump dump = new NativeDump(Threads.daemons(), scratch, selection, connections, null, "onedump",
                what -> {
                });
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            dump.writeTo(out);
        }
        RestoreResult result = part.run(StoredDump.of(file));
        Files.delete(file);
        return result;
    }
}
