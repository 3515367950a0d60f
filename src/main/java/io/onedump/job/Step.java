package io.onedump.job;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WireTapDefinition;

/**
 * A node of a route, as far as a run's outcome is concerned.
 *
 * @param scheme   of its endpoint; empty when it has none
 * @param isCaught whether it stands in a {@code doTry} with a {@code doCatch}
 * @param custody  what it does with an artifact that it is given
 */
record Step(String id, String scheme, boolean isCaught, Custody custody) {

    /** What a step does with an artifact that it is given. */
    enum Custody {
        /** It is somewhere else afterwards, or may be: what a processor of Java does is not known. */
        KEEPS,
        /** Somebody else has it, whom the run does not wait for. */
        HANDS_ON,
        /** It is only in the message, as before. */
        LEAVES
    }

    static Step of(CamelContext context, NamedNode node) {
        String scheme = scheme(context, node);
        return new Step(node.getId(), scheme, isCaught(node), custody(node, scheme));
    }

    /** A run as such. */
    static Step ofRoute(String id) {
        return new Step(id, "", false, Custody.LEAVES);
    }

    private static Custody custody(NamedNode node, String scheme) {
        if (node instanceof WireTapDefinition<?> || Schemes.isQueue(scheme)) {
            return Custody.HANDS_ON;
        }
        boolean takes = scheme.isEmpty()
                ? node instanceof ProcessDefinition || node instanceof BeanDefinition
                        || node instanceof RecipientListDefinition<?> || node instanceof RoutingSlipDefinition<?>
                        || node instanceof DynamicRouterDefinition<?>
                : Schemes.isKeeper(scheme);
        return takes ? Custody.KEEPS : Custody.LEAVES;
    }

    boolean isDump() {
        return Schemes.DUMP.equals(scheme);
    }

    /** Whether it runs a command of the user's. */
    boolean isCommand() {
        return Schemes.isDumper(scheme) && !isDump();
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
