package io.onedump.binlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.binlog.archive.KeptDump;
import io.onedump.dump.DumpEndpoint;
import io.onedump.job.JobRoute;
import io.onedump.job.RouteEndpoint;
import io.onedump.storage.Catalog;
import io.onedump.storage.Identity;
import io.onedump.storage.Sidecar;
import io.onedump.storage.Sidecars;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.retention.NamePattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

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
        RouteDefinition route =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
        if (route == null) {
            throw new BinlogException("option keepFor: there is no job " + job);
        }
        List<KeptDump> dumps = new ArrayList<>();
        List<String> dumped = List.of();
        for (RouteEndpoint endpoint : new JobRoute(context, route).endpoints()) {
            if (endpoint.scheme().equals("dump")) {
                dumped = context.getEndpoint(endpoint.uri(), DumpEndpoint.class).artifactNames(job);
            } else if (endpoint.scheme().equals("storage")) {
                if (endpoint.dynamic() && endpoint.place().contains("$")) {
                    throw new BinlogException(
                            "option keepFor: where job " + job + " keeps its dumps is known only while"
                                    + " it runs");
                }
                add(context.getEndpoint(endpoint.uri(), StorageEndpoint.class), dumped, job, dumps);
            }
        }
        return dumps;
    }

    private static void add(StorageEndpoint endpoint, List<String> dumped, String job, List<KeptDump> dumps)
            throws IOException {
        NamePattern names = endpoint.getConfiguration().getFileName() != null
                ? endpoint.namesAnywhere(null)
                : dumped.stream().map(endpoint::namesAnywhere).reduce(NamePattern::or).orElseGet(endpoint::names);
        try (Storage storage = endpoint.open()) {
            for (Catalog.Entry entry : new Catalog(storage, names, job).entries()) {
                String path = entry.object().path();
                Identity identity = entry.verified() ? identity(storage, path) : Identity.NONE;
                dumps.add(KeptDump.of(path, entry.time(), identity.get("position"), identity.get("server-id")));
            }
        }
    }

    private static Identity identity(Storage storage, String path) throws IOException {
        return new Sidecars(storage).find(path).map(Sidecar::identity).orElse(Identity.NONE);
    }
}
