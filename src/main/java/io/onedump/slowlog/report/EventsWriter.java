package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.onedump.artifact.Json;
import io.onedump.slowlog.fingerprint.Fingerprinter;
import io.onedump.slowlog.parse.EventHandler;
import io.onedump.slowlog.parse.Metrics;
import io.onedump.slowlog.parse.SlowEvent;
import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Lexer;
import io.onedump.slowlog.text.LogText;
import io.onedump.slowlog.text.Names;

/** Writes every event as one JSON object a line. What an event does not tell is null. */
final class EventsWriter implements EventHandler {

    private final JsonGenerator json;
    private final Names.Registry names;
    private final String file;
    private final boolean withText;
    private final Fingerprinter fingerprints = new Fingerprinter();

    /** @param withText false to write fingerprints in place of statements, so that no literal gets out */
    EventsWriter(OutputStream out, String file, Names.Registry names, boolean withText) throws IOException {
        this.json = Json.objects(out);
        this.file = file;
        this.names = names;
        this.withText = withText;
    }

    void flush() throws IOException {
        json.flush();
    }

    @Override
    public void event(SlowEvent event) {
        try {
            write(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(SlowEvent event) throws IOException {
        byte[] buf = event.buf;
        json.writeStartObject();
        json.writeStringField("file", file);
        json.writeStringField("query", withText
                ? LogText.text(buf, event.textFrom, event.textTo)
                : fingerprints.text(event));
        json.writeBooleanField("admin", event.admin);
        text("db", event.dbBuf != null && event.dbTo > event.dbFrom, event.dbBuf, event.dbFrom, event.dbTo);
        text("user", event.hasUser, buf, event.userFrom, event.userTo);
        text("priv_user", event.hasUser, buf, event.privUserFrom, event.privUserTo);
        text("host", event.hasUser, buf, event.hostFrom, event.hostTo);
        text("ip", event.hasUser, buf, event.ipFrom, event.ipTo);
        number("thread_id", event.threadId);
        measured("query_time", event, Metrics.QUERY_TIME);
        measured("lock_time", event, Metrics.LOCK_TIME);
        measured("rows_sent", event, Metrics.ROWS_SENT);
        measured("rows_examined", event, Metrics.ROWS_EXAMINED);
        measured("rows_affected", event, Metrics.ROWS_AFFECTED);
        json.writeStringField("ts", event.hasTime ? event.time.iso(buf) : null);
        setTimestamp(event.setTimestamp);
        json.writeNumberField("offset", event.base + event.from);
        json.writeNumberField("offset_end", event.base + event.to);
        metrics(event);
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void text(String name, boolean known, byte[] buf, int from, int to) throws IOException {
        json.writeStringField(name, known ? LogText.text(buf, from, to) : null);
    }

    private void number(String name, long value) throws IOException {
        json.writeFieldName(name);
        if (value < 0) {
            json.writeNull();
        } else {
            json.writeNumber(value);
        }
    }

    private void setTimestamp(long micros) throws IOException {
        boolean whole = micros % 1_000_000 == 0;
        if (micros < 0 || whole) {
            number("set_timestamp", micros < 0 ? -1 : micros / 1_000_000);
        } else {
            json.writeNumberField("set_timestamp", BigDecimal.valueOf(micros, 6).stripTrailingZeros());
        }
    }

    private void measured(String name, SlowEvent event, int metric) throws IOException {
        json.writeFieldName(name);
        int i = event.indexOf(metric);
        if (i < 0 || !isNumber(event.buf, event.valueFrom[i], event.valueTo[i])) {
            json.writeNull();
        } else {
            json.writeNumber(LogText.text(event.buf, event.valueFrom[i], event.valueTo[i]));
        }
    }

    private void metrics(SlowEvent event) throws IOException {
        json.writeObjectFieldStart("metrics");
        for (int i = 0; i < event.values; i++) {
            int name = event.names[i];
            if (name > Metrics.THREAD_ID && name != Metrics.EXPLAIN && name != Metrics.WARNINGS
                    && firstOfItsName(event, i)) {
                metric(names.name(name), event.buf, event.valueFrom[i], event.valueTo[i]);
            }
        }
        if (withText) {
            // A warning cites the value that it is about, and what a plan says is up to the server.
            lines("explain", event, Metrics.EXPLAIN);
            lines("warnings", event, Metrics.WARNINGS);
        }
        json.writeEndObject();
    }

    private static boolean firstOfItsName(SlowEvent event, int i) {
        return event.indexOf(event.names[i]) == i;
    }

    private void metric(String name, byte[] buf, int from, int to) throws IOException {
        if (!withText && !Metrics.isOfServers(name)) {
            return;
        }
        // An id such as InnoDB_trx_id is hexadecimal and only at times looks like a number.
        Boolean flag = Metrics.flag(buf, from, to);
        if (flag != null) {
            json.writeBooleanField(name, flag);
        } else if (isNumber(buf, from, to) && !name.endsWith("_id")) {
            json.writeFieldName(name);
            json.writeNumber(LogText.text(buf, from, to));
        } else if (withText || isIdOrTime(buf, from, to) || Metrics.isRoutine(name)) {
            json.writeStringField(name, LogText.text(buf, from, to));
        }
    }

    /** Whether it is {@code 1A2B} or {@code 2026-11-23T03:53:13.675091Z}. */
    private static boolean isIdOrTime(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && (Lexer.isHexDigit(buf[p]) || "TZ:.+-".indexOf(buf[p]) >= 0)) {
            p++;
        }
        return p == to;
    }

    /** What MariaDB writes on several lines: the plan, whose first line names its columns, and the warnings. */
    private void lines(String name, SlowEvent event, int metric) throws IOException {
        if (event.indexOf(metric) < 0) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (int i = 0; i < event.values; i++) {
            if (event.names[i] == metric) {
                json.writeString(LogText.text(event.buf, event.valueFrom[i], event.valueTo[i]));
            }
        }
        json.writeEndArray();
    }

    /** Whether the bytes are a number that JSON takes as it is. */
    private static boolean isNumber(byte[] buf, int from, int to) {
        int p = from;
        while (p < to && Ascii.isDigit(buf[p])) {
            p++;
        }
        if (p == from || p - from > 1 && buf[from] == '0') {
            return false;
        }
        if (p < to && buf[p] == '.') {
            int fraction = ++p;
            while (p < to && Ascii.isDigit(buf[p])) {
                p++;
            }
            return p == to && p > fraction;
        }
        return p == to;
    }
}
