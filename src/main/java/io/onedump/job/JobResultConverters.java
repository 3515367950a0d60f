package io.onedump.job;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/** Lets any endpoint of the notify route take a result: the text that people read. */
@Converter(generateLoader = true)
public final class JobResultConverters {

    private JobResultConverters() {
    }

    @Converter
    public static InputStream toInputStream(JobResult result, Exchange exchange) {
        return new ByteArrayInputStream(toBytes(result, exchange));
    }

    @Converter
    public static byte[] toBytes(JobResult result, Exchange exchange) {
        return result.toString().getBytes(ExchangeHelper.getCharset(exchange, true));
    }
}
