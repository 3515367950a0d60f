package io.onedump.slowlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes every event as one JSON object a line. What an event does not tell is null. */
final class EventsWriter implements EventHandler {

    private static final byte[] YES = Ascii.bytes("Yes");
    private static final byte[] NO = Ascii.bytes("No");

    private final JsonGenerator json;
    private final Names.Registry names;
    private final String file;
    private final boolean withText;
    private final Fingerprinter fingerprints = new Fingerprinter();

    /** @param withText false to write fingerprints in place of statements, so that no literal gets out */
    EventsWriter(OutputStream out, String file, Names.Registry names, boolean withText) throws IOException {
        this.json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
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
        json.writeStringField("query", withText ? LogText.text(buf, event.textFrom, event.textTo)
                : fingerprints.text(buf, event.textFrom, event.textTo));
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
        number("set_timestamp", event.setTimestamp);
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
            if (name > Metrics.THREAD_ID && name != Metrics.EXPLAIN && firstOfItsName(event, i)) {
                json.writeFieldName(names.name(name));
                value(names.name(name), event.buf, event.valueFrom[i], event.valueTo[i]);
            }
        }
        explain(event);
        json.writeEndObject();
    }

    private static boolean firstOfItsName(SlowEvent event, int i) {
        return event.indexOf(event.names[i]) == i;
    }

    private void value(String name, byte[] buf, int from, int to) throws IOException {
        // An id such as InnoDB_trx_id is hexadecimal and only at times looks like a number.
        if (isNumber(buf, from, to) && !name.endsWith("_id")) {
            json.writeNumber(LogText.text(buf, from, to));
        } else if (to - from == YES.length && Ascii.startsWith(buf, from, to, YES)) {
            json.writeBoolean(true);
        } else if (to - from == NO.length && Ascii.startsWith(buf, from, to, NO)) {
            json.writeBoolean(false);
        } else {
            json.writeString(LogText.text(buf, from, to));
        }
    }

    /** MariaDB's plan: the first line names the columns, each other line is a table. */
    private void explain(SlowEvent event) throws IOException {
        if (event.indexOf(Metrics.EXPLAIN) < 0) {
            return;
        }
        json.writeArrayFieldStart("explain");
        for (int i = 0; i < event.values; i++) {
            if (event.names[i] == Metrics.EXPLAIN) {
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
