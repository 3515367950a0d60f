package io.onedump.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Artifacts;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Compression;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.FileArtifact;
import io.onedump.artifact.NameExpression;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Run;
import io.onedump.artifact.SealedName;
import io.onedump.artifact.Spool;
import io.onedump.artifact.Spools;
import io.onedump.artifact.StoredInRun;
import io.onedump.artifact.Warnings;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention.Decision;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;

/** Does the one operation that its endpoint says. */
public class StorageProducer extends DefaultProducer {

    private static final Logger LOG = CleanLog.of(StorageProducer.class);

    private final StorageConfiguration configuration;
    private NameExpression folder;
    private NameExpression fileName;

    public StorageProducer(StorageEndpoint endpoint) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
    }

    @Override
    public StorageEndpoint getEndpoint() {
        return (StorageEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        folder = expression(configuration.getPath());
        fileName = expression(configuration.getFileName());
    }

    private NameExpression expression(String text) {
        return text == null ? null : NameExpression.of(getEndpoint().getCamelContext(), text);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        switch (configuration.getOperation()) {
            case PUT -> put(exchange);
            case STAT -> stat(exchange);
            case LIST -> list(exchange);
            case GET -> get(exchange);
            case DELETE -> delete(exchange);
            case PRUNE -> prune(exchange);
        }
    }

    /** Retention runs only when all is kept that should be. */
    private void put(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        Artifact artifact = Artifacts.of(exchange);
        String path = ObjectPath.of(folder(exchange), name(exchange, artifact));
        Run run = Run.of(exchange);
        String series = getEndpoint().series(path);
        Identity identity = wantsSidecar(message) ? identity(run, series) : null;
        long started = System.nanoTime();
        hashBeside(artifact);
        Backend backend = getEndpoint().getBackend();
        try (Storage storage = backend.open()) {
            Receipt receipt = new Put(backend, storage, getEndpoint().owner(run.job()), identity,
                    StoredInRun.of(exchange), getEndpoint().place(storage), Warnings.of(exchange)).run(path, artifact);
            LOG.info("stored {}: {} bytes in {} ms, verified by {}", receipt.location(), receipt.digest().size(),
                    (System.nanoTime() - started) / 1_000_000, receipt.verifiedBy());
            message.setBody(artifact);
            message.setHeader(OnedumpConstants.SIZE, receipt.digest().size());
            message.setHeader(OnedumpConstants.SHA256, receipt.digest().sha256());
            message.setHeader(OnedumpConstants.LOCATION, receipt.location());
            List<String> blank = getEndpoint().blank();
            if (!blank.isEmpty()) {
                Warnings.of(exchange).add("storage " + storage + ": " + String.join(", ", blank) + " is empty on this"
                        + " machine, so that names do not tell machines apart as path and fileName want it; set it");
            }
            if (!configuration.retention().isEmpty()) {
                pruneAfterPut(storage, run, path, series, Warnings.of(exchange));
            }
        }
    }

    private static Identity identity(Run run, String series) {
        return Identity.NONE.with(Identity.JOB, run.job()).with(Identity.SERIES, series)
                .with(Identity.HOST, Machine.name()).with(Identity.STARTED, run.started().toString())
                .with(Identity.TOOL, Machine.tool());
    }

    /** What was put is safe, so that a failure here is only told; the next run prunes again. */
    private void pruneAfterPut(Storage storage, Run run, String path, String series, Warnings warnings) {
        NamePattern names = getEndpoint().names(null);
        if (!names.matches(path)) {
            warnings.add("retention of " + storage + " does nothing: " + Identity.clean(path) + " is no name that path"
                    + " and fileName can make; an expression may have put a slash into it, which belongs into the"
                    + " text");
            return;
        }
        try {
            Prune prune = new Prune(storage, names, configuration.retention(), getEndpoint().owner(run.job()));
            Prune.remark(storage, prune.runAfter(path, series, Instant.now())).ifPresent(warnings::add);
        } catch (IOException e) {
            warnings.add("retention of " + storage + " failed and is tried again after the next put: "
                    + e.getMessage());
        }
    }

    /** The digest of a file that was there before is not known yet: it is computed while the file is being sent. */
    private void hashBeside(Artifact artifact) {
        if (artifact instanceof FileArtifact) {
            ContextThreads.of(getEndpoint().getCamelContext()).start("hash " + artifact.name(), () -> {
                try {
                    artifact.digest();
                } catch (IOException e) {
                    LOG.debug("{}: {}", artifact.name(), e.getMessage());
                }
            });
        }
    }

    private boolean wantsSidecar(Message message) {
        return switch (configuration.getSidecar()) {
            case AUTO -> getEndpoint().getBackend().isReadable()
                    || message.getHeader(OnedumpConstants.SIDECAR) != null;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    private void stat(Exchange exchange) throws IOException {
        String path = path(exchange);
        try (Storage storage = getEndpoint().open()) {
            StoredObject object = storage.stat(path).orElse(null);
            exchange.getMessage().setBody(object);
            if (object != null) {
                exchange.getMessage().setHeader(OnedumpConstants.SIZE, object.size());
                exchange.getMessage().setHeader(OnedumpConstants.LOCATION, storage.location(path));
            }
        }
    }

    private void list(Exchange exchange) throws IOException {
        String folder = folder(exchange);
        try (Storage storage = getEndpoint().open()) {
            exchange.getMessage().setBody(storage.list(folder == null ? "" : ObjectPath.of(null, folder) + "/").stream()
                    .filter(object -> !SidecarIndex.isIndex(object.path())).toList());
        }
    }

    /** The body becomes an artifact that can be read while it comes in, and fails its readers when it is damaged. */
    private void get(Exchange exchange) throws IOException {
        String path = path(exchange);
        CheckedObject object = CheckedObject.open(getEndpoint().open(), path, Backoff.DEFAULT);
        Spools spools = Spools.of(exchange.getContext());
        Spool spool = spools.spool(ObjectPath.name(path), object, Compression.NONE, null);
        spools.endWith(exchange, spool);
        exchange.getMessage().setBody(spool);
    }

    private void delete(Exchange exchange) throws IOException {
        String path = path(exchange);
        try (Storage storage = getEndpoint().open()) {
            storage.delete(path);
            storage.delete(Sidecar.path(path));
            StoredInRun.of(exchange).release(getEndpoint().place(storage) + path);
        }
    }

    private void prune(Exchange exchange) throws IOException {
        try (Storage storage = getEndpoint().open()) {
            Prune prune = new Prune(storage, getEndpoint().names(null), configuration.retention(),
                    getEndpoint().owner(Run.of(exchange).job()));
            List<Decision> decisions =
                    configuration.isDryRun() ? prune.explain(Instant.now()) : prune.run(Instant.now());
            Prune.remark(storage, decisions).ifPresent(Warnings.of(exchange)::add);
            exchange.getMessage().setBody(decisions);
        }
    }

    private String path(Exchange exchange) throws StorageException {
        return ObjectPath.of(folder(exchange), fileName == null
                ? exchange.getMessage().getHeader(OnedumpConstants.FILE_NAME, String.class)
                : fileName.evaluate(exchange));
    }

    private String folder(Exchange exchange) {
        return folder == null ? null : folder.evaluate(exchange);
    }

    /** A new name keeps the endings that tell how the artifact is compressed and sealed. */
    private String name(Exchange exchange, Artifact artifact) {
        String name = exchange.getMessage().getHeader(OnedumpConstants.FILE_NAME, artifact::name, String.class);
        return fileName == null ? name : SealedName.keepEndings(name, fileName.evaluate(exchange));
    }
}
