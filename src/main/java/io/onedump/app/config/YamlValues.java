package io.onedump.app.config;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import io.onedump.secret.EndpointValues;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Has the values under {@code parameters:} in a route file arrive as they are written. Camel joins them to a URI
 * without any encoding, so that those which hold an ampersand, a plus or the like would be read as something else.
 * Lines keep their numbers.
 */
final class YamlValues {

    /** Their URIs are expressions, made anew for each message. */
    private static final Set<String> DYNAMIC = Set.of("toD", "wireTap");
    private static final String PARAMETERS = "parameters";
    private static final String URI = "uri";

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** With the name of each one's option. */
    private final Map<ScalarNode, String> values = new IdentityHashMap<>();

    private YamlValues() {
    }

    /** The text for Camel; the same where it is no YAML, which Camel reports. */
    static String protect(String yaml) {
        YamlValues found = new YamlValues();
        try {
            new Compose(LoadSettings.builder().setUseMarks(true).setParseComments(false).build())
                    .composeAllFromString(yaml).forEach(document -> found.walk("", document));
        } catch (RuntimeException e) {
            return yaml;
        }
        StringBuilder text = new StringBuilder(yaml);
        found.values.keySet().stream().sorted(Comparator.comparingInt(YamlValues::start).reversed())
                .forEach(value -> replace(text, found.values.get(value), value));
        return text.toString();
    }

    private static int start(ScalarNode value) {
        return value.getStartMark().orElseThrow().getIndex();
    }

    private static void replace(StringBuilder text, String option, ScalarNode value) {
        int start = text.offsetByCodePoints(0, start(value));
        int end = text.offsetByCodePoints(0, value.getEndMark().orElseThrow().getIndex());
        String written = text.substring(start, end).stripTrailing();
        String protection = EndpointValues.written(option, value.getValue());
        boolean hasProperties = written.startsWith("&") || written.startsWith("!");
        if (!protection.equals(value.getValue()) && !hasProperties) {
            text.replace(start, start + written.length(), '"' + protection + '"'
                    + "\n".repeat((int) written.chars().filter(character -> character == '\n').count()));
        }
    }

    private void walk(String name, Node node) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> walk(name, item));
        } else if (node instanceof MappingNode mapping) {
            boolean endpoint = !DYNAMIC.contains(name)
                    && mapping.getValue().stream().anyMatch(entry -> name(entry).equals(URI));
            for (NodeTuple entry : mapping.getValue()) {
                if (endpoint && name(entry).equals(PARAMETERS) && entry.getValueNode() instanceof MappingNode options) {
                    options.getValue().forEach(this::option);
                } else {
                    walk(name(entry), entry.getValueNode());
                }
            }
        }
    }

    private void option(NodeTuple option) {
        if (option.getValueNode() instanceof ScalarNode value && value.getTag().equals(Tag.STR)
                && !isRaw(value.getValue()) && seen.add(value)) {
            values.put(value, name(option));
        }
    }

    /** As Camel's users write what is not to be encoded; Camel reads that. */
    private static boolean isRaw(String value) {
        return value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
    }

    private static String name(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }
}
