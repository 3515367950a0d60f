package io.onedump.slowlog.parse;

/**
 * How well a log could be read.
 *
 * @param bytes           its size, unpacked
 * @param events          events read
 * @param banners         starts and {@code FLUSH SLOW LOGS} of the server
 * @param skippedBytes    bytes that belong to no event: text before the first header, headers without a statement
 * @param incomplete      events whose header or statement ended too early to be used
 * @param cut             events that count although the log ended inside their statement
 * @param malformedValues header values that are not what their name promises
 * @param shortened       statements of more than 64 MiB, of which only the beginning was read
 */
public record LogHealth(long bytes, long events, long banners, long skippedBytes, long incomplete, long cut,
        long malformedValues, long shortened) {

    public static LogHealth of(ParseHealth health) {
        return new LogHealth(health.bytes, health.events, health.banners, health.skippedBytes, health.incomplete,
                health.cut, health.malformedValues, health.shortened);
    }

    /** Whether it holds bytes and none of them look like a slow log. */
    public boolean isUnreadable() {
        return events == 0 && banners == 0 && skippedBytes > 0;
    }
}
