package io.onedump.slowlog.report;

import java.util.List;
import java.util.Locale;

import io.onedump.slowlog.digest.Profile;
import io.onedump.slowlog.digest.TimelineSummary;

/** Charts as inline SVG. */
final class Charts {

    private static final List<String> DECADES =
            List.of("1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s");
    /** Widths in which a chart's text has the size of the text around it: across the page, and in a column. */
    static final int PAGE = 1200;
    static final int COLUMN = 480;
    private static final int HEIGHT = 150;
    private static final int FOOT = 18;
    private static final int HEAD = 16;
    private static final int ROW = 18;
    private static final double SPARK_WIDTH = 110;
    private static final double SPARK_HEIGHT = 19;

    private Charts() {
    }

    /** Events by query time, a bar for each power of ten. */
    static String histogram(long[] counts) {
        long largest = 1;
        long total = 0;
        for (long count : counts) {
            largest = Math.max(largest, count);
            total += count;
        }
        StringBuilder svg = new StringBuilder(svg(COLUMN, counts.length * ROW, "", "Query time distribution"));
        for (int i = 0; i < counts.length; i++) {
            int y = i * ROW;
            double width = 300.0 * counts[i] / largest;
            svg.append(String.format(Locale.ROOT, "<text x=\"48\" y=\"%d\" text-anchor=\"end\">%s</text>", y + 13,
                    DECADES.get(i)));
            svg.append(bar(54, y + 3, counts[i] == 0 ? 0 : Math.max(1, width), ROW - 6));
            if (counts[i] > 0) {
                svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s (%s)</text>", 60 + width, y + 13,
                        Quantity.count(counts[i]), Quantity.percent(100.0 * counts[i] / total)));
            }
        }
        return svg.append("</svg>").toString();
    }

    /** Query time in each bucket of time. */
    static String timeline(TimelineSummary timeline, int width) {
        long largest = largest(timeline.sums());
        StringBuilder svg = new StringBuilder(svg(width, HEIGHT, "", "Query time over time"));
        svg.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"11\">%s in %s at most</text>",
                Quantity.seconds(largest / 1e6), length(timeline.width() / 1_000_000)));
        double step = (double) width / timeline.sums().length;
        int room = HEIGHT - HEAD - FOOT;
        for (int i = 0; i < timeline.sums().length; i++) {
            double height = largest == 0 ? 0 : (double) room * timeline.sums()[i] / largest;
            String title = String.format(Locale.ROOT, "<title>%s: %s, %d events</title>",
                    Quantity.time(Profile.instant(timeline.start() + i * timeline.width())),
                    Quantity.seconds(timeline.sums()[i] / 1e6), timeline.counts()[i]);
            svg.append(String.format(Locale.ROOT, "<rect class=\"bar\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\""
                    + " height=\"%.2f\">%s</rect>",
                    i * step, HEIGHT - FOOT - height, Math.max(0.5, step * 0.9), height, title));
        }
        int base = HEIGHT - FOOT;
        long end = timeline.start() + timeline.sums().length * timeline.width();
        svg.append(String.format(Locale.ROOT, "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%d\""
                + " y2=\"%d\"/>", base, width, base));
        svg.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"%d\">%s</text>", HEIGHT - 4,
                Quantity.time(Profile.instant(timeline.start()))));
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\""
                + " text-anchor=\"end\">%s</text>", width, HEIGHT - 4,
                Quantity.time(Profile.instant(end))));
        return svg.append("</svg>").toString();
    }

    /** A class's timeline at the size of a word, over the time of all events. */
    static String sparkline(TimelineSummary timeline, TimelineSummary all) {
        long largest = largest(timeline.sums());
        double perMicro = SPARK_WIDTH / (all.width() * (double) all.counts().length);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < timeline.sums().length; i++) {
            double height = largest == 0 ? 0 : SPARK_HEIGHT * timeline.sums()[i] / largest;
            if (height > 0) {
                double x = (timeline.start() + i * timeline.width() - all.start()) * perMicro;
                path.append(String.format(Locale.ROOT, "M%.1f 20v-%.1fh%.1fv%.1fz", x, height,
                        Math.max(0.8, timeline.width() * perMicro * 0.9), height));
            }
        }
        return svg(110, 20, " class=\"spark\"", "Query time over time") + "<path class=\"bar\" d=\"" + path
                + "\"/></svg>";
    }

    private static String svg(int width, int height, String attributes, String label) {
        return "<svg" + attributes + " viewBox=\"0 0 " + width + " " + height + "\" role=\"img\""
                + " aria-label=\"" + label + "\">";
    }

    private static String bar(double x, double y, double width, double height) {
        return String.format(Locale.ROOT, "<rect class=\"bar\" rx=\"2\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\""
                + " height=\"%.1f\"/>",
                x, y, width, height);
    }

    private static long largest(long[] values) {
        long largest = 0;
        for (long value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    private static String length(long seconds) {
        return seconds < 60 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
