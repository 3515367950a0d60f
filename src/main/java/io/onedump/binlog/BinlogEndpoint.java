package io.onedump.binlog;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveRetention;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.Watch;
import io.onedump.database.NamedFiles;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.job.JobRoute;
import io.onedump.job.RouteEndpoint;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.StorageEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Archive the binary log of a MySQL or MariaDB server to any storage, byte for byte, for point-in-time restores. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "binlog", title = "Binlog", syntax = "binlog:operation",
        category = {Category.DATABASE}, headersClass = OnedumpConstants.class)
public class BinlogEndpoint extends DefaultEndpoint implements LocalNeeds {

    private static final Logger LOG = CleanLog.of(BinlogEndpoint.class);

    @UriPath(description = "archive: as the start of a route, follow the server for ever, one message for each file"
            + " that is stored whole; as a step, archive all there is. status: how far the archive is"
            + " behind. verify: check the whole archive.")
    @Metadata(required = true)
    private final BinlogOperation operation;

    @UriParam
    private BinlogConfiguration configuration = new BinlogConfiguration();

    public BinlogEndpoint(String uri, BinlogComponent component, BinlogOperation operation) {
        super(uri, component);
        this.operation = operation;
    }

    /** Those of a route, what it starts from among them; none when the context has no such route. */
    public static List<BinlogEndpoint> ofJob(CamelContext context, String job) {
        RouteDefinition route =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
        if (route == null) {
            return List.of();
        }
        JobRoute steps = new JobRoute(context, route);
        return Stream.concat(Stream.of(steps.writtenInput()), steps.endpoints().stream())
                .filter(endpoint -> endpoint.scheme().equals("binlog")).map(RouteEndpoint::uri).distinct()
                .map(uri -> context.getEndpoint(uri, BinlogEndpoint.class)).toList();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        configuration.check(operation);
        StorageConfiguration named = storageEndpoint().getConfiguration();
        if (named.getFileName() != null) {
            throw new IllegalArgumentException("option storage: an archive names its files itself, so that fileName"
                    + " means nothing there: leave it out");
        }
        if (!named.rules().isEmpty()) {
            throw new IllegalArgumentException("option storage: " + String.join(", ", named.rules()) + " would tear"
                    + " holes into an archive: set keepWithin or keepFor of binlog: itself, which remove whole files"
                    + " from the old end only");
        }
        folder();
        if (!storageEndpoint().getBackend().isReadable()) {
            throw new IllegalArgumentException("option storage: an archive has to be listed, and of this endpoint only"
                    + " put is known; file, aws2-s3, sftp, google-drive and dropbox can do the rest");
        }
    }

    @Override
    public Producer createProducer() {
        return new BinlogProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (operation != BinlogOperation.archive) {
            throw new UnsupportedOperationException("binlog:" + operation + " cannot be the start of a route");
        }
        if (configuration.fromDirectory()) {
            throw new UnsupportedOperationException("option source: a directory cannot be followed; make it a step"
                    + " of a route on a schedule");
        }
        BinlogConsumer consumer = new BinlogConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    /** The server that is archived. */
    public MySqlSettings server() {
        return configuration.server();
    }

    @Override
    public List<Lack> lacks() {
        List<Lack> lacks = new ArrayList<>(storageEndpoint().lacks().stream()
                .map(lack -> new Lack("storage", lack.message(), lack.certain())).toList());
        if (!configuration.fromDirectory()) {
            lacks.addAll(NamedFiles.lacks(configuration.getTlsAuthority() == null ? "dsn" : "tlsAuthority", server()));
        }
        return lacks;
    }

    /** The archive; the caller closes it. */
    public StorageArchiveStore openStore() throws IOException {
        return new StorageArchiveStore(storageEndpoint()::open, folder());
    }

    /** Where the archive is: {@link StorageEndpoint#place()} with its path. */
    public Optional<String> place() {
        return storageEndpoint().place().map(place -> place + folder());
    }

    /** The folder below the storage's own, which is the same in all runs. */
    private String folder() {
        return storageEndpoint().fixedFolder().orElseThrow(() -> new IllegalArgumentException("option storage: the"
                + " path of an archive must be the same in all runs, without dates and alike: "
                + storageEndpoint().getConfiguration().getPath()));
    }

    /** When somebody is to be alarmed. */
    public Watch watch() {
        return configuration.watch();
    }

    /** Whether there is any rule of retention. */
    public boolean hasRetention() {
        return configuration.getKeepWithin() != null || configuration.getKeepFor() != null;
    }

    /**
     * Applies the rules of retention.
     *
     * @param dumps where the job that {@code keepFor} names is known
     */
    public List<ArchiveRetention.Decision> thin(Archive archive, CamelContext dumps, boolean dryRun)
            throws IOException {
        if (!Archiver.owns(archive, configuration.staging())) {
            throw new BinlogException("retention: the archive is another archiver's, so that nothing of it is removed;"
                    + " run it where the archiver's spool folder is");
        }
        String job = configuration.getKeepFor();
        return configuration.retention(job == null ? null : KeptDumps.of(dumps, job)).run(archive, Instant.now(),
                dryRun);
    }

    /** The same after an archiving run: what fails is told in the log, and the next run does it again. */
    void thinQuietly(Archive archive) {
        if (!hasRetention()) {
            return;
        }
        try {
            for (ArchiveRetention.Decision decision : thin(archive, getCamelContext(), false)) {
                LOG.atLevel(decision.warning() ? Level.WARN : Level.INFO).log("retention of the archive of {}: {}",
                        configuration.origin(), decision.text());
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("retention of the archive of {} failed, and nothing more was removed: {}", configuration.origin(),
                    e.toString());
        }
    }

    /** Makes the archive this endpoint's, whoever has made it. */
    public void takeOver(Archive archive) throws IOException {
        Archiver.takeOver(archive, configuration.staging(), configuration.origin());
    }

    /** How far the archive is. */
    public ArchiveStatus status(Archive archive, Watch watch) throws IOException {
        return configuration.fromDirectory()
                ? ArchiveStatus.of(Path.of(configuration.getDirectory()), archive, Clock.systemUTC(), watch)
                : ArchiveStatus.of(server(), archive, Clock.systemUTC(), watch);
    }

    private StorageEndpoint storageEndpoint() {
        return StorageEndpoint.of(getCamelContext(), configuration.getStorage());
    }

    public BinlogOperation getOperation() {
        return operation;
    }

    public BinlogConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(BinlogConfiguration configuration) {
        this.configuration = configuration;
    }
}
