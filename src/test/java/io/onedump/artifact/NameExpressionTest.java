package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.ExchangeHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameExpressionTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);

    @ParameterizedTest
    @CsvSource({
            "shop-${date:now:yyyyMMdd-HHmmss.SSS}.sql, 0, yyyyMMdd-HHmmss.SSS",
            "shop-${date:now-24h:yyyyMMdd-HHmmss.SSS}.sql, 86400, yyyyMMdd-HHmmss.SSS"})
    void takesTheStartOfTheRunForNow(String text, long secondsBefore, String format) {
        Instant moment = Instant.ofEpochMilli(exchange.getClock().getCreated()).minusSeconds(secondsBefore);
        String expected =
                "shop-" + DateTimeFormatter.ofPattern(format).withZone(ZoneId.systemDefault()).format(moment) + ".sql";
        assertThat(evaluate(text, exchange)).isEqualTo(expected);
        assertThat(evaluate(text, ExchangeHelper.createCorrelatedCopy(exchange, false))).isEqualTo(expected);
    }

    @Test
    void knowsTimeZones() {
        assertThat(evaluate("${date-with-timezone:now:UTC:yyyyMMdd-HHmmss}", exchange)).isEqualTo(
                DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.of("UTC"))
                        .format(Instant.ofEpochMilli(exchange.getClock().getCreated())));
    }

    @Test
    void leavesEverythingElseAsItIs() {
        exchange.getMessage().setHeader("now", "date:now");
        assertThat(evaluate("${header.now}-now.sql", exchange)).isEqualTo("date:now-now.sql");
    }

    private String evaluate(String text, Exchange exchange) {
        return NameExpression.of(context, text).evaluate(exchange);
    }
}
