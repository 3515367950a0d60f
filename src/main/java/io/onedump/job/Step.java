package io.onedump.job;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * A node of a route, as far as a run's outcome is concerned.
 *
 * @param scheme   of its endpoint; empty when it has none
 * @param isCaught whether it stands in a {@code doTry} with a {@code doCatch}
 */
record Step(String id, String scheme, boolean isCaught) {

    static Step of(CamelContext context, NamedNode node) {
        return new Step(node.getId(), scheme(context, node), isCaught(node));
    }

    /** A route may deal with the failures of other steps itself; that a backup failed is never its private matter. */
    boolean counts() {
        return !isCaught || Schemes.isBackup(scheme);
    }

    ExitCode exitCode() {
        return Schemes.isProducer(scheme) ? ExitCode.PRODUCER : ExitCode.STORAGE;
    }

    /** The same for every attempt at this step with this message. */
    String attemptKey(Exchange exchange) {
        return id + "@" + exchange.getExchangeId();
    }

    /** Of several endpoints the one that the backup depends on. */
    private static String scheme(CamelContext context, NamedNode node) {
        List<String> schemes = node instanceof OptionalIdentifiedDefinition<?> step
                ? JobRoute.endpoints(context, step).stream().map(RouteEndpoint::scheme).toList()
                : List.of();
        return schemes.stream().filter(Schemes::isBackup).findFirst()
                .orElse(schemes.isEmpty() ? "" : schemes.get(0));
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
