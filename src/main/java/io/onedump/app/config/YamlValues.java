package io.onedump.app.config;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

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
    private static final Pattern ADDRESS = Pattern.compile("ur[il]$", Pattern.CASE_INSENSITIVE);

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** What each is to be written as. */
    private final Map<ScalarNode, String> values = new IdentityHashMap<>();
    private final Function<String, Set<String>> pathOptions;

    private YamlValues(Function<String, Set<String>> pathOptions) {
        this.pathOptions = pathOptions;
    }

    /**
     * The text for Camel; the same where it is no YAML, which Camel reports.
     *
     * @param pathOptions the names of the options that are a part of a scheme's path
     */
    static String protect(String yaml, Function<String, Set<String>> pathOptions) {
        YamlValues found = new YamlValues(pathOptions);
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

    private static void replace(StringBuilder text, String protection, ScalarNode value) {
        int start = text.offsetByCodePoints(0, start(value));
        int end = text.offsetByCodePoints(0, value.getEndMark().orElseThrow().getIndex());
        String written = text.substring(start, end).stripTrailing();
        boolean hasProperties = written.startsWith("&") || written.startsWith("!");
        if (!protection.equals(value.getValue()) && !hasProperties) {
            text.replace(start, start + written.length(), '"' + protection.replaceAll("[\\\\\"]", "\\\\$0") + '"'
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
            String uri = DYNAMIC.contains(name)
                    ? null
                    : mapping.getValue().stream().filter(entry -> name(entry).equals(URI)).findFirst()
                            .map(entry -> text(entry.getValueNode())).orElse(null);
            for (NodeTuple entry : mapping.getValue()) {
                if (uri != null && name(entry).equals(PARAMETERS)
                        && entry.getValueNode() instanceof MappingNode options) {
                    options.getValue().forEach(option -> option(uri, option));
                } else {
                    walk(name(entry), entry.getValueNode());
                }
            }
        }
    }

    private void option(String uri, NodeTuple option) {
        if (option.getValueNode() instanceof ScalarNode value && value.getTag().equals(Tag.STR) && seen.add(value)) {
            if (isInPath(uri, name(option))) {
                values.put(value, EndpointValues.writtenInPath(uri, value.getValue()));
            } else if (!isRaw(value.getValue())) {
                values.put(value, EndpointValues.written(name(option), value.getValue()));
            }
        }
    }

    /** Only a bare scheme has its path among the parameters. That of an address is one in itself, encoded as such. */
    private boolean isInPath(String uri, String option) {
        return !uri.contains(":") && !ADDRESS.matcher(option).find() && pathOptions.apply(uri).contains(option);
    }

    /** As Camel's users write what is not to be encoded; Camel reads that. */
    private static boolean isRaw(String value) {
        return value.startsWith("RAW(") && value.endsWith(")") || value.startsWith("RAW{") && value.endsWith("}");
    }

    private static String name(NodeTuple entry) {
        return text(entry.getKeyNode());
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }
}
