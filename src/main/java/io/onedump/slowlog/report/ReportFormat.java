package io.onedump.slowlog.report;

import java.util.Locale;
import java.util.function.Function;

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

    private final String extension;
    private final Function<Report, String> writer;

    ReportFormat(String extension, Function<Report, String> writer) {
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

    public String write(Report report) {
        return writer.apply(report);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
