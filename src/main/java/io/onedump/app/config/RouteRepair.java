package io.onedump.app.config;

import static io.onedump.app.config.RouteText.PARAMETERS;
import static io.onedump.app.config.RouteText.URI;
import static io.onedump.app.config.RouteText.holds;
import static io.onedump.app.config.RouteText.last;
import static io.onedump.app.config.RouteText.lineOf;
import static io.onedump.app.config.RouteText.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Puts right what Camel does not understand in a route file, so that what else is wrong can be found. All lines stay
 * where they were.
 */
final class RouteRepair {

    private final RouteText written;

    RouteRepair(RouteText written) {
        this.written = written;
    }

    /** The text without what Camel says of it; empty when nothing is known that would help. */
    Optional<RouteText> of(Problem problem) {
        String message = problem.message();
        if (message.contains("Uri should not contain")) {
            return withOptionsInUri(problem.line());
        }
        return YamlProblems.unsupported(problem).or(() -> Optional.of("steps").filter(
                steps -> message.contains("[from,steps]")))
                .flatMap(key -> corrected(problem.line(), key, YamlProblems.meant(problem)));
    }

    /**
     * The text with a key put right that Camel does not know there: {@code steps} that stand beside {@code from} are
     * moved into it, another key gets the name that was meant, or else is left out with its value. All lines stay where
     * they were. Empty when it is not found.
     *
     * @param meant null when nobody knows
     */
    private Optional<RouteText> corrected(int line, String key, String meant) {
        MappingNode holder = holder(line, key);
        if (holder == null) {
            return Optional.empty();
        }
        NodeTuple found = tuple(holder, key).orElseThrow();
        if (meant != null && tuple(holder, meant).isEmpty()) {
            return Optional.of(written.with((ScalarNode) found.getKeyNode(), meant));
        }
        String rest = key.equals("steps") ? movedIntoFrom(holder, found) : blanked(found);
        return rest == null || rest.equals(written.text()) ? Optional.empty() : Optional.of(new RouteText(rest));
    }

    /** The text with the options of an endpoint in one place, which has some in its URI and others below parameters. */
    private Optional<RouteText> withOptionsInUri(int line) {
        MappingNode holder = holder(line, PARAMETERS);
        NodeTuple parameters = holder == null ? null : tuple(holder, PARAMETERS).orElseThrow();
        Node uri = holder == null
                ? null
                : tuple(holder, URI).map(NodeTuple::getValueNode).orElse(null);
        if (!(uri instanceof ScalarNode place) || !(parameters.getValueNode() instanceof MappingNode options)) {
            return Optional.empty();
        }
        StringBuilder whole = new StringBuilder(place.getValue());
        for (NodeTuple option : options.getValue()) {
            if (option.getKeyNode() instanceof ScalarNode name && option.getValueNode() instanceof ScalarNode value) {
                boolean plain = value.getValue().matches("[^&+%?#;]*|RAW[({].*");
                whole.append('&').append(name.getValue()).append('=')
                        .append(plain ? value.getValue() : "RAW(" + value.getValue() + ")");
            }
        }
        return Optional.of(new RouteText(blanked(parameters)).with(place,
                '"' + whole.toString().replaceAll("[\\\\\"]", "\\\\$0") + '"'));
    }

    /** The line of a key that a mapping which holds a line has; that line when none does, or it is the key's own. */
    int lineOfKeyAt(int line, String key) {
        MappingNode holder = holder(line, key);
        NodeTuple found = holder == null ? null : tuple(holder, key).orElseThrow();
        boolean own = found == null
                || line >= lineOf(found.getKeyNode()) && line <= last(found.getValueNode());
        return own ? line : lineOf(found.getKeyNode());
    }

    /** The mapping that a line is in and that has a key: the one that begins there, else the innermost. */
    private MappingNode holder(int line, String key) {
        List<MappingNode> holders = new ArrayList<>();
        mappings(written.root(), mapping -> {
            if (holds(mapping, line) && tuple(mapping, key).isPresent()) {
                holders.add(mapping);
            }
        });
        return holders.stream().filter(mapping -> lineOf(mapping) == line).findFirst()
                .orElse(holders.isEmpty() ? null : holders.get(holders.size() - 1));
    }

    private String movedIntoFrom(MappingNode holder, NodeTuple steps) {
        Node from = tuple(holder, "from").map(NodeTuple::getValueNode).orElse(null);
        if (!(from instanceof MappingNode parts) || parts.getValue().isEmpty()) {
            return null;
        }
        if (lineOf(from) == lineOf(steps.getKeyNode())) {
            return movedIntoBraces(from, steps);
        }
        List<NodeTuple> keys = holder.getValue();
        boolean next = keys.indexOf(steps) > 0
                && keys.get(keys.indexOf(steps) - 1).getValueNode() == from
                && last(from) < lineOf(steps.getKeyNode());
        if (!next) {
            return null;
        }
        int more = column(parts.getValue().get(0).getKeyNode()) - column(steps.getKeyNode());
        if (more <= 0) {
            return null;
        }
        String[] lines = written.text().split("\n", -1);
        for (int i = lineOf(steps.getKeyNode()) - 1; i < Math.min(lines.length,
                last(steps.getValueNode())); i++) {
            lines[i] = " ".repeat(more) + lines[i];
        }
        return String.join("\n", lines);
    }

    /** Of a mapping that stands in one line. */
    private String movedIntoBraces(Node from, NodeTuple steps) {
        int end = index(from, true);
        boolean braces = written.text().charAt(end - 1) == '}' && index(steps.getKeyNode(), false) > end;
        String moved = written.text().substring(index(steps.getKeyNode(), false), index(steps.getValueNode(), true));
        return braces && moved.indexOf('\n') < 0
                ? new StringBuilder(blanked(steps)).insert(end - 1, ", " + moved).toString()
                : null;
    }

    private String blanked(NodeTuple tuple) {
        StringBuilder rest = new StringBuilder(written.text());
        int from = index(tuple.getKeyNode(), false);
        int to = index(tuple.getValueNode(), true);
        for (int i = from; i < to; i++) {
            if (rest.charAt(i) != '\n') {
                rest.setCharAt(i, ' ');
            }
        }
        // In a mapping that stands in braces, one of the commas goes with it.
        int next = to;
        while (next < rest.length() && Character.isWhitespace(rest.charAt(next))) {
            next++;
        }
        int before = from - 1;
        while (before >= 0 && Character.isWhitespace(rest.charAt(before))) {
            before--;
        }
        if (next < rest.length() && rest.charAt(next) == ',') {
            rest.setCharAt(next, ' ');
        } else if (before >= 0 && rest.charAt(before) == ',') {
            rest.setCharAt(before, ' ');
        }
        return rest.toString();
    }

    private int index(Node node, boolean end) {
        return written.text().offsetByCodePoints(0,
                (end ? node.getEndMark() : node.getStartMark()).orElseThrow().getIndex());
    }

    private static int column(Node node) {
        return node.getStartMark().orElseThrow().getColumn();
    }

    private static void mappings(Node node, Consumer<MappingNode> each) {
        if (node instanceof MappingNode mapping) {
            each.accept(mapping);
            mapping.getValue().forEach(tuple -> mappings(tuple.getValueNode(), each));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> mappings(item, each));
        }
    }

    /** The text of a file that is one mapping as the only item of a list, all lines where they were. */
    RouteText asItem(int line) {
        String[] lines = written.text().split("\n", -1);
        for (int i = line - 1; i < lines.length; i++) {
            lines[i] = lines[i].isBlank() ? lines[i] : (i == line - 1 ? "- " : "  ") + lines[i];
        }
        return new RouteText(String.join("\n", lines));
    }
}
