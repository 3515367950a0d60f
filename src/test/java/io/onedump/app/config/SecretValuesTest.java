package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import java.util.Random;

import io.onedump.dump.DumpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which secrets reach an endpoint unchanged when a route reads them from a property. */
class SecretValuesTest {

    private static final String ROUTE = """
            - route:
                id: secrets
                autoStartup: false
                from:
                  uri: direct:start
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: mysqldump
                          dsn: mysql://u@db/shop
                          password: "{{the.password}}"
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a&b=c", "a+b c", " lead ", "100%", "a%zz", "p#q?r", "#bean", "a)b", "(a)", "a{b}c", "x}&y",
            "a,b",
            "${body}", "RAW(x)", "RAW{x}", "RAW(x", "\"quoted\" 'both'", "back\\slash", "true", "007", "ü€😀"})
    void arriveAsTheyAre(String secret) throws Exception {
        assertThat(password(secret)).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x)&y", "$simple{x}", "{{x}}", "{{the.password}}", "a{{b", "a}}b", "{{!x", "{{?x}}", "a%25b",
                    "RAW(x)&y", "}&", "a\\", "\\{{x}}", "'{{'x'}}'", "a\nb", "a\tb", "\u0001\u001b[31m"})
    void arriveAlsoWhenCamelWouldReadThem(String secret) throws Exception {
        assertThat(password(secret)).isEqualTo(secret);
    }

    @Test
    void arriveWhateverTheyHold() throws Exception {
        Random random = new Random(20261130);
        for (int i = 0; i < 200; i++) {
            String secret = RandomText.of(random);
            Properties properties = new Properties();
            properties.setProperty("the.password", secret);
            try (DefaultCamelContext own = new DefaultCamelContext()) {
                assertThat(password(own, properties)).isEqualTo(secret);
            }
        }
    }

    private String password(String property) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.password", property);
        return password(context, properties);
    }

    private static String password(DefaultCamelContext context, Properties properties) throws Exception {
        context.getPropertiesComponent().setInitialProperties(properties);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("secrets.camel.yaml", ROUTE));
        context.start();
        return context.getEndpoints().stream().filter(DumpEndpoint.class::isInstance).map(DumpEndpoint.class::cast)
                .findFirst()
                .orElseThrow().getPassword();
    }
}
