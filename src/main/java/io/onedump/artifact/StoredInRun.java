package io.onedump.artifact;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Exchange;

/** What the steps of one run have stored, so that none of them replaces what an earlier one has. */
public final class StoredInRun {

    /** The exchange property that carries it; copies of the exchange share the object. */
    private static final String PROPERTY = "CamelOnedumpStored";

    private final Map<String, String> digests = new HashMap<>();

    /** That of the run that an exchange belongs to. */
    public static StoredInRun of(Exchange exchange) {
        StoredInRun stored = exchange.getProperty(PROPERTY, StoredInRun.class);
        if (stored == null) {
            stored = new StoredInRun();
            exchange.setProperty(PROPERTY, stored);
        }
        return stored;
    }

    /** What came of asking for a place. */
    public enum Claim {
        /** Nobody had it before. */
        NEW,
        /** The same bytes are there already, or were on their way: a step is tried again. */
        AGAIN,
        /** Other bytes are there, or on their way. */
        TAKEN
    }

    /** Asks for a place, which is the artifact's from then on unless others are there. */
    public synchronized Claim claim(String location, String sha256) {
        String earlier = digests.putIfAbsent(location, sha256);
        return earlier == null ? Claim.NEW : earlier.equals(sha256) ? Claim.AGAIN : Claim.TAKEN;
    }

    /** Nothing is there any more, or nothing came there. */
    public synchronized void release(String location) {
        digests.remove(location);
    }
}
