package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;

/**
 * Makes the artifacts of one Camel context and sees to their end: each dies with the exchange that made it, and all of
 * them with the context.
 */
public final class Spools extends ServiceSupport {

    private static final Logger LOG = CleanLog.of(Spools.class);

    private final Path root;
    private final Threads threads;
    private final Set<Closeable> live = ConcurrentHashMap.newKeySet();
    private WorkFolder folder;

    private Spools(Path root, Threads threads) {
        this.root = root;
        this.threads = threads;
    }

    /** The context's own; its root folder is the property {@value WorkFolder#PROPERTY}. */
    public static Spools of(CamelContext context) {
        synchronized (context) {
            Spools spools = context.hasService(Spools.class);
            if (spools == null) {
                spools = new Spools(root(context), ContextThreads.of(context));
                try {
                    context.addService(spools, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException("cannot start the spools", e);
                }
            }
            return spools;
        }
    }

    /** Where a context's work folder is: the property {@value WorkFolder#PROPERTY}. */
    public static Path root(CamelContext context) {
        return context.getPropertiesComponent().resolveProperty(WorkFolder.PROPERTY).map(Path::of)
                .orElseGet(WorkFolder::defaultRoot);
    }

    /**
     * Starts to spool what the source gives and returns when its first bytes have come. The caller sees to the spool's
     * end with {@link #endWith} or by closing it; the context's end is the latest.
     *
     * @param  level       null for the compression's default
     * @throws IOException what the source threw when it ended before its first byte
     */
    public Spool spool(String name, Source source, Compression compression, Integer level) throws IOException {
        Spool spool;
        try {
            spool = new Spool(name, folder().newFile(name));
        } catch (IOException | RuntimeException | Error e) {
            source.close();
            throw e;
        }
        live.add(spool);
        spool.describedBy(source);
        Pump pump = new Pump(threads, name, source, compression, level, spool);
        spool.onClose(pump::abort);
        try {
            pump.start();
            pump.awaitFirstBytes();
            return spool;
        } catch (IOException | RuntimeException | Error e) {
            end(spool);
            throw e;
        }
    }

    /** As {@link #spool}, without a file: see {@link StreamedArtifact}. */
    public StreamedArtifact stream(String name, Source.Factory producer, Compression compression, Integer level)
            throws IOException {
        StreamedArtifact artifact = new StreamedArtifact(threads, name, producer, compression, level);
        live.add(artifact);
        return artifact;
    }

    /** Closes an artifact when the exchange is done, however it ends. */
    public void endWith(Exchange exchange, Closeable artifact) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                end(artifact);
            }
        });
    }

    /** A new path in the work folder, for what is not an artifact: an options file, a key. The caller removes it. */
    public Path scratchFile(String name) throws IOException {
        return folder().newFile(name);
    }

    /**
     * Makes the work folder and sweeps what killed processes left in it; else the first spool does.
     *
     * @throws IOException when the folder cannot be used
     */
    public void prepare() throws IOException {
        folder();
    }

    /** Bytes in the spools of all runs that are under way. */
    public long spooledBytes() {
        return live.stream().mapToLong(artifact -> artifact instanceof Spool spool ? spool.available() : 0).sum();
    }

    /** Closes every artifact, which stops its writer and fails its readers. */
    public void abort() {
        live.forEach(this::end);
    }

    @Override
    protected void doStop() throws Exception {
        abort();
        synchronized (this) {
            if (folder != null) {
                folder.close();
                folder = null;
            }
        }
    }

    /** Lazily, so that a context that never spools makes no folder. */
    private synchronized WorkFolder folder() throws IOException {
        if (folder == null) {
            folder = WorkFolder.open(root);
        }
        return folder;
    }

    private void end(Closeable handle) {
        live.remove(handle);
        try {
            handle.close();
        } catch (IOException e) {
            LOG.warn("work folder {}: cannot remove a spool file: {}", root, e.toString());
        }
    }
}
