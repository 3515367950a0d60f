package io.onedump.job;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import org.apache.camel.CamelExchangeException;
import org.apache.camel.RuntimeCamelException;

/** Reads chains of causes. */
final class Causes {

    private Causes() {
    }

    static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return chain(thrown).stream().anyMatch(type::isInstance);
    }

    /** Whether one is the other's cause, or both have the same. */
    static boolean share(Throwable one, Throwable other) {
        return !Collections.disjoint(chain(one), chain(other));
    }

    /** The first message that is about the matter, not about Camel's handling of it. */
    static String message(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CamelExchangeException || cause instanceof RuntimeCamelException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return Redaction.of(message == null ? cause.toString() : message);
    }

    private static Set<Throwable> chain(Throwable thrown) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = thrown; cause != null && chain.add(cause);) {
            cause = cause.getCause();
        }
        return chain;
    }
}
