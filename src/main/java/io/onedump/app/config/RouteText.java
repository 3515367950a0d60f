package io.onedump.app.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.onedump.artifact.Nearest;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a route file with the places of what it says. Lines count from 1. Of text that is not YAML at all nothing
 * is known.
 */
final class RouteText {

    static final String URI = "uri";
    static final String PARAMETERS = "parameters";
    /** What an item of the outermost list may be. */
    static final Set<String> OUTERMOST = Set.of("beans", "dataFormats", "errorHandler", "from", "intercept",
            "interceptFrom", "interceptSendToEndpoint", "onCompletion", "onException", "routeConfiguration", "route",
            "routeTemplate", "templatedRoute", "restConfiguration", "rest");

    private final String text;
    private final Node root;

    RouteText(String text) {
        this.text = text;
        this.root = compose(text);
    }

    /**
     * An endpoint as it is written: {@code uri} and {@code parameters}.
     *
     * @param uri    null where a step holds it without {@code uri:}
     * @param values null without {@code parameters}
     * @param readable whether they are a mapping, or none
     */
    record Written(ScalarNode uri, MappingNode values, boolean readable) {

        String text() {
            return uri.getValue();
        }

        int line() {
            return lineOf(uri);
        }

        Optional<Node> key(String name) {
            return values == null ? Optional.empty() : RouteText.tuple(values, name).map(NodeTuple::getKeyNode);
        }
    }

    String text() {
        return text;
    }

    /** Null where it is no YAML. */
    Node root() {
        return root;
    }

    /** The line of an endpoint's option, or of its step where the option is not written. */
    int lineOf(int step, String option) {
        List<Written> found = new ArrayList<>(1);
        endpoints(root, written -> {
            if (found.isEmpty() && written.line() >= step) {
                found.add(written);
            }
        });
        if (option == null || found.isEmpty() || found.get(0).line() >= nextItem(step)) {
            return step;
        }
        Written endpoint = found.get(0);
        return endpoint.key(option).map(RouteText::lineOf)
                .orElse(endpoint.text().contains(option + "=") ? endpoint.line() : step);
    }

    /** The line from the given one on, but not behind the outermost item, on which a key stands; else the given one. */
    int lineOfKey(int from, String key) {
        if (key == null) {
            return from;
        }
        String[] lines = text.split("\n", -1);
        int end = items().stream().map(RouteText::lineOf).filter(start -> start > from).min(Integer::compare)
                .orElse(lines.length + 1);
        Pattern written = Pattern.compile("(^|[\\s{,\"'-])" + Pattern.quote(key) + "[\"']?\\s*:");
        for (int line = Math.max(1, from); line < end && line <= lines.length; line++) {
            if (written.matcher(lines[line - 1]).find()) {
                return line;
            }
        }
        return from;
    }

    /** The first line that has the first of these texts that is in one; 0 when none is. */
    int lineWith(List<String> parts) {
        String[] lines = text.split("\n", -1);
        for (String part : parts) {
            for (int line = 0; line < lines.length; line++) {
                if (lines[line].contains(part)) {
                    return line + 1;
                }
            }
        }
        return 0;
    }

    /** The endpoints that are written with {@code uri:}, in their order. */
    void endpoints(Consumer<Written> each) {
        endpoints(root, each);
    }

    private static void endpoints(Node node, Consumer<Written> each) {
        if (node instanceof MappingNode mapping) {
            Optional<Node> uri = tuple(mapping, URI).map(NodeTuple::getValueNode);
            if (uri.isPresent() && uri.get() instanceof ScalarNode scalar) {
                Node values = tuple(mapping, PARAMETERS).map(NodeTuple::getValueNode).orElse(null);
                boolean misspelt = values == null && mapping.getValue().stream().map(NodeTuple::getKeyNode)
                        .anyMatch(key -> key instanceof ScalarNode name
                                && !Nearest.suggestion(name.getValue(), List.of(PARAMETERS)).isEmpty());
                each.accept(new Written(scalar, values instanceof MappingNode map ? map : null,
                        !misspelt && (values == null || values instanceof MappingNode)));
            }
            mapping.getValue().forEach(tuple -> endpoints(tuple.getValueNode(), each));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> endpoints(item, each));
        }
    }

    /** The id of the route that a line is in, or null. */
    String routeAt(int line) {
        for (Node item : items()) {
            if (holds(item, line) && item instanceof MappingNode entry) {
                return tuple(entry, "route").map(NodeTuple::getValueNode).filter(MappingNode.class::isInstance)
                        .flatMap(route -> tuple((MappingNode) route, "id")).map(NodeTuple::getValueNode)
                        .filter(ScalarNode.class::isInstance).map(id -> ((ScalarNode) id).getValue()).orElse(null);
            }
        }
        return null;
    }

    /** Whether a route begins with something else than a call by another one. */
    boolean hasInputs() {
        return items().stream().filter(MappingNode.class::isInstance).map(MappingNode.class::cast)
                .map(item -> tuple(item, "route").map(NodeTuple::getValueNode).filter(MappingNode.class::isInstance)
                        .map(MappingNode.class::cast).orElse(item))
                .flatMap(route -> tuple(route, "from").map(NodeTuple::getValueNode).stream())
                .map(from -> from instanceof MappingNode parts
                        ? tuple(parts, "uri").map(NodeTuple::getValueNode).orElse(from)
                        : from)
                .anyMatch(uri -> !(uri instanceof ScalarNode text) || !text.getValue().startsWith("direct"));
    }

    /** An item of a list that is a mapping, by its first key. */
    record Item(String key, int line) {
    }

    /** In the order of the text. */
    List<Item> keyedItems() {
        List<Item> keyed = new ArrayList<>();
        items(root, item -> {
            if (item instanceof MappingNode mapping && !mapping.getValue().isEmpty()
                    && mapping.getValue().get(0).getKeyNode() instanceof ScalarNode key) {
                keyed.add(new Item(key.getValue(), lineOf(item)));
            }
        });
        return keyed;
    }

    /** The first line of the next item after the one that begins at a line. */
    private int nextItem(int line) {
        List<Integer> starts = new ArrayList<>();
        items(root, item -> starts.add(lineOf(item)));
        return starts.stream().filter(start -> start > line).min(Integer::compare).orElse(Integer.MAX_VALUE);
    }

    /**
     * The text without the step that holds a line, all other lines where they were, so that what else is wrong can be
     * found; empty when there is nothing to leave out.
     *
     * @param route whether to leave out all of the route
     */
    Optional<RouteText> without(int line, boolean route) {
        List<Node> holding = new ArrayList<>();
        items(root, item -> {
            if (holds(item, line)) {
                holding.add(item);
            }
        });
        if (holding.isEmpty()) {
            return Optional.empty();
        }
        boolean outer = route || holding.size() == 1 || !isRoute(holding.get(0));
        Node inner = holding.get(outer ? 0 : holding.size() - 1);
        String[] lines = text.split("\n", -1);
        int first = lineOf(inner) - 1;
        int end = Math.min(lines.length, last(inner));
        int column = inner.getStartMark().orElseThrow().getColumn();
        Arrays.fill(lines, first + 1, Math.max(first + 1, end), "");
        lines[first] = outer || column > lines[first].length()
                ? ""
                : lines[first].substring(0, column) + "stop: {}";
        String rest = String.join("\n", lines);
        return rest.isBlank() || rest.equals(text) ? Optional.empty() : Optional.of(new RouteText(rest));
    }

    private static boolean isRoute(Node outermost) {
        return outermost instanceof MappingNode mapping
                && (tuple(mapping, "route").isPresent() || tuple(mapping, "from").isPresent());
    }

    /** Keys that stand twice in one place, of which Camel takes the last. */
    List<ScalarNode> twice() {
        List<ScalarNode> twice = new ArrayList<>();
        twice(root, twice);
        return twice;
    }

    private static void twice(Node node, List<ScalarNode> found) {
        if (node instanceof MappingNode mapping) {
            Set<String> seen = new HashSet<>();
            mapping.getValue().stream().map(NodeTuple::getKeyNode).filter(ScalarNode.class::isInstance)
                    .map(ScalarNode.class::cast).filter(key -> !seen.add(key.getValue())).forEach(found::add);
            mapping.getValue().forEach(tuple -> twice(tuple.getValueNode(), found));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> twice(item, found));
        }
    }

    /** The keys of the outermost items that Camel makes no route of, and passes over. */
    List<ScalarNode> passedOver() {
        return items().stream().filter(MappingNode.class::isInstance)
                .flatMap(item -> ((MappingNode) item).getValue().stream()).map(NodeTuple::getKeyNode)
                .filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast)
                .filter(key -> !OUTERMOST.contains(key.getValue())).toList();
    }

    /** The ids of its routes, each with the line that it begins at. */
    Map<String, Integer> routes() {
        Map<String, Integer> routes = new LinkedHashMap<>();
        items().forEach(item -> {
            String id = routeAt(lineOf(item));
            if (id != null) {
                routes.putIfAbsent(id, lineOf(item));
            }
        });
        return routes;
    }

    /**
     * The text without the outermost items that hold these lines, all other lines where they were; empty when nothing
     * is left, or a line is in none of them.
     */
    Optional<RouteText> without(Set<Integer> lines) {
        String[] rest = text.split("\n", -1);
        for (int line : lines) {
            Optional<Node> item = items().stream().filter(node -> holds(node, line)).findFirst();
            if (item.isEmpty()) {
                return Optional.empty();
            }
            // The dash stands before the item, on its first line or on one above.
            Arrays.fill(rest, dash(lineOf(item.get())) - 1, Math.min(rest.length, last(item.get())), "");
        }
        String good = String.join("\n", rest);
        return good.isBlank() ? Optional.empty() : Optional.of(new RouteText(good));
    }

    private int dash(int line) {
        String[] lines = text.split("\n", -1);
        int dash = line;
        while (dash > 1 && !lines[dash - 1].startsWith("-")) {
            dash--;
        }
        return dash;
    }

    private List<Node> items() {
        return root instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    /** The text with another value in place of a scalar of one line. */
    RouteText with(ScalarNode scalar, String value) {
        int from = text.offsetByCodePoints(0, scalar.getStartMark().orElseThrow().getIndex());
        int to = text.offsetByCodePoints(0, scalar.getEndMark().orElseThrow().getIndex());
        return new RouteText(text.substring(0, from) + value + text.substring(to));
    }

    private static void items(Node node, Consumer<Node> each) {
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> items(tuple.getValueNode(), each));
        } else if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.getValue()) {
                each.accept(item);
                items(item, each);
            }
        }
    }

    static boolean holds(Node node, int line) {
        return node.getStartMark().isPresent() && line >= lineOf(node) && line <= last(node);
    }

    /** A block ends where the next thing begins, in the first column of that line. */
    static int last(Node node) {
        int end = node.getEndMark().orElseThrow().getLine();
        boolean block = node instanceof MappingNode || node instanceof SequenceNode;
        return block && end > lineOf(node) - 1 ? end : end + 1;
    }

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    static Optional<NodeTuple> tuple(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
                .findFirst();
    }

    private static Node compose(String text) {
        try {
            return new Compose(LoadSettings.builder().setUseMarks(true).build()).composeString(text).orElse(null);
        } catch (YamlEngineException e) {
            // Camel's own reader says what is wrong and where.
            return null;
        }
    }
}
