package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;

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

    /** As docs/configuration.md says. */
    @Test
    void needAnEscapeForAnEncodedPercentSign() throws Exception {
        assertThat(password("a%2525b")).isEqualTo("a%25b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x)&y", "$simple{x}", "{{x}}"})
    void areRefusedWhenCamelWouldReadThem(String secret) {
        assertThatThrownBy(() -> password(secret)).isInstanceOf(Exception.class);
    }

    private String password(String property) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.password", property);
        context.getPropertiesComponent().setInitialProperties(properties);
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("secrets.camel.yaml", ROUTE));
        context.start();
        return context.getEndpoints().stream().filter(DumpEndpoint.class::isInstance).map(DumpEndpoint.class::cast)
                .findFirst()
                .orElseThrow().getPassword();
    }
}
