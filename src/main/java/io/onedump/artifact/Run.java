package io.onedump.artifact;

import java.time.Instant;

import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Which run of which job an exchange belongs to.
 *
 * @param job     the id of the job's route; null for an exchange of no route
 * @param started when the run began, which is what {@code ${date:now:…}} in a name stands for
 */
public record Run(String job, Instant started) {

    /** The exchange property that holds the job's id; copies of the exchange have it too. */
    public static final String JOB = "CamelOnedumpJob";

    public static Run of(Exchange exchange) {
        String job = exchange.getProperty(JOB, exchange.getFromRouteId(), String.class);
        return new Run(job == null ? ExchangeHelper.getRouteId(exchange) : job,
                Instant.ofEpochMilli(exchange.getClock().getCreated()));
    }
}
