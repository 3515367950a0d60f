package io.onedump.job;

import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * A node of a route, as far as a run's outcome is concerned.
 *
 * @param scheme   of its endpoint; empty when it has none
 * @param isCaught whether it stands in a {@code doTry} with a {@code doCatch}
 */
record Step(String id, String scheme, boolean isCaught) {

    private static final Set<String> PRODUCERS = Set.of("dump", "exec", "binlog", "slowlog", "checksum");
    private static final Set<String> OURS = Set.of("dump", "exec", "binlog", "slowlog", "checksum", "storage", "sync");

    static Step of(NamedNode node) {
        return new Step(node.getId(), scheme(node), isCaught(node));
    }

    /** A route may deal with the failures of other steps itself; that a backup failed is never its private matter. */
    boolean counts() {
        return !isCaught || OURS.contains(scheme);
    }

    ExitCode exitCode() {
        return PRODUCERS.contains(scheme) ? ExitCode.PRODUCER : ExitCode.STORAGE;
    }

    /** The same for every attempt at this step with this message. */
    String attemptKey(Exchange exchange) {
        return id + "@" + exchange.getExchangeId();
    }

    private static String scheme(NamedNode node) {
        String uri = node instanceof EndpointRequiredDefinition sends ? sends.getEndpointUri() : null;
        int colon = uri == null ? -1 : uri.indexOf(':');
        return uri == null ? "" : colon < 0 ? uri : uri.substring(0, colon);
    }

    private static boolean isCaught(NamedNode node) {
        for (NamedNode parent = node.getParent(); parent != null; parent = parent.getParent()) {
            if (parent instanceof TryDefinition attempt
                    && attempt.getOutputs().stream().anyMatch(CatchDefinition.class::isInstance)) {
                return true;
            }
        }
        return false;
    }
}
