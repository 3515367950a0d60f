package io.onedump.binlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.binlog.archive.KeptDump;
import io.onedump.restore.JobPlaces;
import io.onedump.storage.Catalog;
import io.onedump.storage.Identity;
import io.onedump.storage.Sidecar;
import io.onedump.storage.Sidecars;
import io.onedump.storage.Storage;
import org.apache.camel.CamelContext;

/** The dumps that a job has kept, on whichever machine, as far as an archive has to know them. */
final class KeptDumps {

    private KeptDumps() {
    }

    /**
     * Reads their sidecars.
     *
     * @throws IOException when one cannot be read now: then nobody knows what is needed
     */
    static List<KeptDump> of(CamelContext context, String job) throws IOException {
        JobPlaces places = JobPlaces.of(context, job)
                .orElseThrow(() -> new BinlogException("option keepFor: there is no job " + job));
        if (!places.unknown().isEmpty()) {
            throw new BinlogException("option keepFor: where job " + job + " keeps its dumps is known only while it"
                    + " runs");
        }
        List<KeptDump> dumps = new ArrayList<>();
        for (JobPlaces.Place place : places.places()) {
            try (Storage storage = place.endpoint().open()) {
                for (Catalog.Entry entry : place.catalogAnywhere(storage).entries()) {
                    String path = entry.object().path();
                    Identity identity = entry.verified() ? identity(storage, path) : Identity.NONE;
                    dumps.add(KeptDump.of(path, entry.time(), identity.get("position"), identity.get("server-id")));
                }
            }
        }
        return dumps;
    }

    private static Identity identity(Storage storage, String path) throws IOException {
        return new Sidecars(storage).find(path).map(Sidecar::identity).orElse(Identity.NONE);
    }
}
