package io.onedump.slowlog.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;

/** How a digest is written. */
public enum ReportFormat {

    /** For people, in the layout of pt-query-digest. */
    TEXT(".txt", TextReport::write),
    /** For programs; the schema is in docs/slowlog.md. */
    JSON(".json", JsonReport::write),
    /** One page for a browser that needs nothing else. */
    HTML(".html", HtmlReport::write),
    /** A short message, for Slack. */
    MARKDOWN(".md", MarkdownReport::write);

    /** Writes a report as it goes along: one of all classes would not fit into the memory. */
    private interface ReportWriter {
        void write(Report report, Writer out) throws IOException;
    }

    private final String extension;
    private final ReportWriter writer;

    ReportFormat(String extension, ReportWriter writer) {
        this.extension = extension;
        this.writer = writer;
    }

    /** @throws IllegalArgumentException naming the formats that are known */
    public static ReportFormat parse(String text) {
        for (ReportFormat format : values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown format '" + text + "': use text, json, html or markdown");
    }

    /** The file name's ending, with its dot. */
    public String extension() {
        return extension;
    }

    /** Writes a report and flushes it. */
    public void write(Report report, Writer out) throws IOException {
        writer.write(report, out);
        out.flush();
    }

    /** A short report as a text. */
    public String write(Report report) {
        StringWriter text = new StringWriter();
        try {
            write(report, text);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
