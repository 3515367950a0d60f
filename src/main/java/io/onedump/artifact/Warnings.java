package io.onedump.artifact;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.apache.camel.Exchange;
import org.slf4j.Logger;

/** What the steps of one run have to say that is no failure, but that somebody should know. */
public final class Warnings {

    private static final Logger LOG = CleanLog.of(Warnings.class);
    /** The exchange property that carries them; copies of the exchange share the object. */
    private static final String PROPERTY = "CamelOnedumpWarnings";

    private final Set<String> texts = new LinkedHashSet<>();

    /** Those of the run that an exchange belongs to. */
    public static Warnings of(Exchange exchange) {
        Warnings warnings = exchange.getProperty(PROPERTY, Warnings.class);
        if (warnings == null) {
            warnings = new Warnings();
            exchange.setProperty(PROPERTY, warnings);
        }
        return warnings;
    }

    /** Logs it too, once however often it is said. */
    public void add(String text) {
        synchronized (texts) {
            if (!texts.add(KnownSecrets.masked(text))) {
                return;
            }
        }
        LOG.warn("{}", text);
    }

    /** In the order in which they were said. */
    public List<String> texts() {
        synchronized (texts) {
            return List.copyOf(texts);
        }
    }
}
