package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    /** As Camel itself does when it starts an endpoint. */
    @ParameterizedTest
    @ValueSource(strings = {"20ms", "500", "0", "-1", "5s", "1m30s", "1h", "2d", "1s500ms", "1m20ms", "1h20ms", "5min",
            "90sec", "PT0.02S", "PT5M", "pt5m", "P1D", "1d2h3m4s5ms"})
    void readsWhatCamelReads(String text) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThat(Durations.parse(text))
                    .isEqualTo(context.getTypeConverter().mandatoryConvertTo(Duration.class, text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "often", "20us", "20\u00b5s", "1w", "20MS", "1.5s", "30 s", "5 min", "1s1h", "5minutes",
            "PT", "99999999999999999999", "ms", "-5s"})
    void refusesWhatNobodyMeansOrCamelTakesForNothing(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not a duration such as 500ms");
    }
}
