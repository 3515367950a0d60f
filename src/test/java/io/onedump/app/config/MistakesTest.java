package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes that people make in route files, one each: what {@code serve} or {@code dump} would refuse, do wrong or fail
 * on, {@code validate} tells with its line. They stand in mistakes.txt: the number of the line and a part of the
 * message, then the steps of a route, or a whole file.
 */
class MistakesTest {

    private static final String HEAD = "- route:\n    id: shop\n    from:\n      uri: \"%s\"\n      steps:\n";

    static Stream<Arguments> mistakes() throws IOException {
        List<Arguments> mistakes = new ArrayList<>();
        try (var in = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
            for (String mistake : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ")) {
                if (!mistake.isEmpty()) {
                    String[] lines = mistake.split("\n", 2);
                    String[] expected = lines[0].split(" ", 2);
                    mistakes.add(Arguments.of(expected[1], Integer.parseInt(expected[0]), file(lines[1])));
                }
            }
        }
        return mistakes.stream();
    }

    private static String file(String text) {
        boolean input = text.startsWith("FROM ");
        String from = input ? text.substring("FROM ".length(), text.indexOf('\n')) : "timer:x?period=1h";
        String rest = input ? text.substring(text.indexOf('\n') + 1) : text;
        boolean whole = rest.matches("(?s)- (route|rest|onException|errorHandler|intercept|onCompletion|beans)\\w*:.*");
        return whole ? rest : HEAD.formatted(from) + rest.indent(8);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isToldWithItsLine(String message, int line, String file) {
        List<Problem> problems = problems(file);

        assertThat(problems).singleElement().asString().contains(message).startsWith("shop.camel.yaml:" + line + ": ");
    }

    /** The counterpart: what all the files above have in common is good. */
    @ParameterizedTest
    @MethodSource("goodSteps")
    void isNotToldOfWhatIsGood(String steps) {
        assertThat(problems(file(steps))).isEmpty();
    }

    static Stream<String> goodSteps() {
        return Stream.of(
                "- to: {uri: dump, parameters: {dumper: mysqldump, dsn: \"u@tcp(db)/x?parseTime=true&loc=UTC\","
                        + " options: \"--hex-blob --where='id > 1'\"}}\n",
                "- to: {uri: dump, parameters: {dumper: pgdump, dsn: \"postgres://u@db/x?application_name=a\","
                        + " options: \"-Fc --no-owner -n public\"}}\n",
                "- to: {uri: dump, parameters: {dumper: pgdumpall, dsn: \"postgres://u@db\", options: \"-r\"}}\n",
                "- to: {uri: storage, parameters: {delegate: \"aws2-s3:my-bucket\", region: eu-central-1,"
                        + " accessKey: a, secretKey: b, storageClass: STANDARD_IA}}\n",
                "- to: {uri: storage, parameters: {delegate: \"aws2-s3:b_1\", region: nowhere, accessKey: a,"
                        + " secretKey: b, overrideEndpoint: true, uriEndpointOverride: \"http://minio:9000\"}}\n",
                "- setHeader: {name: CamelFileName, constant: x}\n- removeHeader: {name: CamelHttpPath}\n",
                "- delay: {constant: 5}\n- loop: {constant: \"2\", steps: [{log: x}]}\n",
                "FROM quartz:a/b?cron=0+0+3+*+*+?&trigger.startAt=2099-01-31T03:30:00UTC\n- log: x\n",
                "- log: \"${bodyAs(java.lang.String)} ${type:org.apache.camel.Exchange.FILE_NAME}\"\n",
                "- to: {uri: log, parameters: {loggerName: \"{{scheme:storage}}{{env:HOME}}\"}}\n");
    }

    private static List<Problem> problems(String file) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.init();
            return new RouteCheck(context, route -> true, true)
                    .problems(List.of(new RouteFile("shop.camel.yaml", file.getBytes(StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
