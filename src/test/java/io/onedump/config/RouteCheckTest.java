package io.onedump.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found to be wrong before a route is made. */
class RouteCheckTest {

    @TempDir
    private Path folder;

    @Test
    void reportsAStepIdThatAnotherFileHas() throws Exception {
        Path shop = route("shop", """
                        - setBody:
                            id: work
                            constant: x
                """);
        Path orders = route("orders", """
                        - setBody:
                            id: work
                            constant: x
                """);
        assertThat(problems(shop, orders)).singleElement().asString()
                .startsWith(orders + ":8: route orders: the step id work is taken by " + shop + ":8;");
    }

    @Test
    void reportsExpressionsThatCamelDoesNotUnderstand() throws Exception {
        assertThat(problems(route("shop", """
                        - setBody:
                            simple: "${body.size ? 'a' : 'b'}"
                        - choice:
                            when:
                              - simple: "${body} ===> 'x'"
                                steps:
                                  - stop: {}
                """))).hasSize(2).allMatch(problem -> problem.message().contains("is not understood"));
    }

    @Test
    void looksIntoEveryBranchOfAChoice() throws Exception {
        assertThat(problems(route("shop", """
                        - choice:
                            when:
                              - simple: "${body} == 'x'"
                                steps:
                                  - to: "log:a?unheardOf=1"
                            otherwise:
                              steps:
                                - to: "log:b?unheardOf=1"
                """))).hasSize(2).extracting(Problem::option).containsOnly("unheardOf");
    }

    @Test
    void findsNothingWrongWithGoodSteps() throws Exception {
        assertThat(problems(route("shop", """
                        - setBody:
                            simple: "${date:now:yyyy}"
                        - choice:
                            when:
                              - simple: "'' != ''"
                                steps:
                                  - log: "${body}"
                """))).isEmpty();
    }

    private Path route(String id, String steps) throws IOException {
        return Files.writeString(folder.resolve(id + ".camel.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: direct
                      parameters:
                        name: %s
                      steps:
                """.formatted(id, id) + steps);
    }

    private static List<Problem> problems(Path... files) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.init();
            return new ArrayList<>(new RouteCheck(context, route -> true).problems(List.of(files)));
        }
    }
}
