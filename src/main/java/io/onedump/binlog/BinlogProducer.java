package io.onedump.binlog;

import java.io.IOException;
import java.util.stream.Collectors;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.binlog.verify.ArchiveVerifier;
import io.onedump.binlog.verify.Finding;
import io.onedump.binlog.verify.Verification;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Does one operation to its end and leaves the result as one line in the body. */
class BinlogProducer extends DefaultProducer {

    private final BinlogEndpoint endpoint;

    BinlogProducer(BinlogEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        try (StorageArchiveStore store = endpoint.openStore()) {
            exchange.getMessage().setBody(switch (endpoint.getOperation()) {
                case archive -> archive(store);
                case status -> status(new Archive(store));
                case verify -> verify(new Archive(store));
            });
        }
    }

    private String archive(StorageArchiveStore store) throws IOException {
        ArchiveRun result = BinlogSync.run(endpoint, null, null, store);
        if (!result.ok()) {
            throw new BinlogException(
                    "archiving " + endpoint.getConfiguration().origin() + ": " + String.join("; ", result.errors()));
        }
        endpoint.thinQuietly(new Archive(store));
        return result.json();
    }

    private String status(Archive archive) throws IOException {
        ArchiveStatus status = endpoint.status(archive, endpoint.watch());
        if (!status.healthy()) {
            throw new BinlogException("the archive of " + endpoint.getConfiguration().origin() + " needs attention:"
                    + " " + status.json());
        }
        return status.json();
    }

    private static String verify(Archive archive) throws IOException {
        int timeline = archive.newestTimeline().orElseThrow(() -> new BinlogException("the archive is empty"));
        Verification verification = new ArchiveVerifier(archive).verify(timeline);
        if (!verification.ok()) {
            throw new BinlogException(
                    verification.findings().stream().map(Finding::toString).collect(Collectors.joining("; ")));
        }
        return verification.files() + " files, " + verification.bytes() + " bytes, " + verification.events()
                + " events";
    }
}
