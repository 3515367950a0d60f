package io.onedump.encrypt;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.encrypt.age.Recipients;
import io.onedump.encrypt.age.Seal;
import org.slf4j.Logger;

/** An artifact's bytes, sealed as they come. */
final class SealingSource implements Source {

    private static final Logger LOG = CleanLog.of(SealingSource.class);
    private static final int THREADS = 2;
    private static final String SEALED = "sealed";

    private final Artifact plain;
    private final Threads.Pool threads;
    private final InputStream sealed;

    private SealingSource(Artifact plain, Threads.Pool threads, InputStream sealed) {
        this.plain = plain;
        this.threads = threads;
        this.sealed = sealed;
    }

    static SealingSource start(Threads threads, Artifact plain, Recipients recipients) throws IOException {
        Seal seal = Seal.forRecipients(recipients);
        InputStream bytes = plain.open();
        Threads.Pool pool = threads.pool("seal " + plain.name(), THREADS);
        return new SealingSource(plain, pool, seal.seal(bytes, pool));
    }

    @Override
    public InputStream stream() {
        return sealed;
    }

    /** The artifact's own stream has failed when it was not whole. */
    @Override
    public void complete() {
        // Nothing is left to be asked.
    }

    @Override
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>(plain.attributes());
        attributes.put(SEALED, EncryptFormat.AGE.toString());
        return attributes;
    }

    @Override
    public Artifact origin() {
        return plain.original();
    }

    @Override
    public void close() {
        threads.close();
        try {
            sealed.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", plain.name(), e.toString());
        }
    }
}
