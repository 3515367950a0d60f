package io.onedump.app.config;

import java.util.Collection;
import java.util.List;

import io.onedump.job.JobRoute;
import org.apache.camel.NamedNode;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Camel counts the lines of steps that are written in one line, {@code - to: {uri: …}}, one too low. They are matched
 * with the items of the text, both in their order, and corrected.
 */
final class StepLines {

    private final List<RouteText.Item> items;
    private int next;

    StepLines(RouteText text) {
        this.items = text.keyedItems();
    }

    void correct(RouteDefinition route) {
        find(route.getRouteId() == null ? "from" : "route", route.getLineNumber(), route);
        correct(route.getOutputs());
    }

    void correct(Collection<? extends OptionalIdentifiedDefinition<?>> outer) {
        JobRoute.steps(outer).forEach(step -> find(step.getShortName(), step.getLineNumber(), step));
    }

    private void find(String key, int line, NamedNode node) {
        for (int i = next; i < items.size() && items.get(i).line() <= line + 1; i++) {
            RouteText.Item item = items.get(i);
            if (item.key().equals(key) && item.line() >= line) {
                next = i + 1;
                node.setLineNumber(item.line());
                return;
            }
        }
    }
}
