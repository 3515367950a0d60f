package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two mistakes in one endpoint: what is told of each alone is told of both together, and nothing else. They stand in
 * mistakes-together.txt: for each endpoint its good options, then mistakes, each the options that are written otherwise
 * (a dash for one that is left out), and behind an at sign the options without which nobody can know that it is one.
 */
class MistakesTogetherTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    private record Mistake(String endpoint, Map<String, String> good, Map<String, String> wrong, Set<String> needs) {

        Map<String, String> options() {
            Map<String, String> options = new LinkedHashMap<>(good);
            options.putAll(wrong);
            options.values().removeIf("-"::equals);
            return options;
        }

        boolean fits(Mistake other) {
            return Stream.concat(wrong.keySet().stream(), needs.stream()).noneMatch(other.wrong::containsKey)
                    && other.needs.stream().noneMatch(wrong::containsKey);
        }

        Mistake with(Mistake other) {
            Map<String, String> both = new LinkedHashMap<>(wrong);
            both.putAll(other.wrong);
            return new Mistake(endpoint, good, both, Set.of());
        }

        @Override
        public String toString() {
            return endpoint + " " + wrong;
        }
    }

    @BeforeAll
    static void start() {
        CONTEXT.init();
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    static Stream<Arguments> mistakes() throws IOException {
        List<Arguments> endpoints = new ArrayList<>();
        try (var in = MistakesTogetherTest.class.getResourceAsStream("mistakes-together.txt")) {
            for (String endpoint : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ")) {
                List<String> lines = endpoint.lines().toList();
                if (!lines.isEmpty()) {
                    String[] head = lines.get(0).split(" ", 2);
                    Map<String, String> good = options(head[1]);
                    endpoints.add(Arguments.of(lines.get(0), lines.stream().skip(1)
                            .map(line -> new Mistake(head[0], good, options(line.split(" @ ")[0]), line.contains(" @ ")
                                    ? Set.of(line.split(" @ ")[1].strip().split(" "))
                                    : Set.of()))
                            .toList()));
                }
            }
        }
        return endpoints.stream();
    }

    private static Map<String, String> options(String line) {
        Map<String, String> options = new LinkedHashMap<>();
        Stream.of(line.split(" ; ")).forEach(option -> {
            String[] parts = option.split("=", 2);
            options.put(parts[0].strip(), parts[1]);
        });
        return options;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void areToldAsEachAlone(String endpoint, List<Mistake> mistakes) {
        Map<Mistake, Set<String>> alone = new LinkedHashMap<>();
        mistakes.forEach(mistake -> alone.put(mistake, told(mistake)));
        List<String> otherwise = new ArrayList<>();
        alone.forEach((mistake, told) -> {
            if (told.isEmpty()) {
                otherwise.add(mistake + " alone: " + told);
            }
        });
        for (int i = 0; i < mistakes.size(); i++) {
            for (int j = i + 1; j < mistakes.size(); j++) {
                if (mistakes.get(i).fits(mistakes.get(j))) {
                    Set<String> each = new TreeSet<>(alone.get(mistakes.get(i)));
                    each.addAll(alone.get(mistakes.get(j)));
                    Mistake both = mistakes.get(i).with(mistakes.get(j));
                    Set<String> told = told(both);
                    if (!told.equals(each)) {
                        otherwise.add(both + "\n    told:     " + told + "\n    expected: " + each);
                    }
                }
            }
        }
        assertThat(otherwise).isEmpty();
    }

    static Stream<Arguments> files() throws IOException {
        try (var in = MistakesTogetherTest.class.getResourceAsStream("mistakes-in-a-file.txt")) {
            return Stream.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ")).skip(1)
                    .map(file -> file.split("\\R", 2))
                    .map(file -> Arguments.of(List.of(file[0].split(" [|] ")), file[1]));
        }
    }

    /** Of a whole file: the line and a part of the message of each, and as many as there are. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void areToldWhereverTheyStand(List<String> expected, String file) {
        List<String> told = problems(file).stream().map(Problem::toString).toList();

        assertThat(told).hasSameSizeAs(expected).allSatisfy(problem -> assertThat(expected).anySatisfy(
                part -> assertThat(problem).startsWith("shop.camel.yaml:" + part.substring(0, part.indexOf(' ')) + ": ")
                        .contains(part.substring(part.indexOf(' ') + 1))));
    }

    private static Set<String> told(Mistake mistake) {
        boolean input = mistake.endpoint().startsWith("from:");
        String uri = mistake.endpoint().replace("from:", "");
        String written = "{uri: \"" + uri + "\", parameters: {" + mistake.options().entrySet().stream()
                .map(option -> option.getKey() + ": '" + option.getValue().replace("'", "''") + "'")
                .collect(Collectors.joining(", ")) + "}}";
        String route = "- route:\n    id: shop\n    from:\n"
                + (input
                        ? "      uri: \"" + uri + "\"\n      parameters: "
                                + written.replaceFirst("^.*?parameters: ", "")
                                        .replaceFirst("}$", "")
                                + "\n      steps:\n        - log: x\n"
                        : "      uri: timer:x?period=1h\n      steps:\n        - to: " + written + "\n");
        return problems(route).stream().map(problem -> problem.option() + ": " + problem.message())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Problem> problems(String file) {
        return new RouteCheck(CONTEXT, any -> true, true)
                .problems(List.of(new RouteFile("shop.camel.yaml", file.getBytes(StandardCharsets.UTF_8))));
    }
}
