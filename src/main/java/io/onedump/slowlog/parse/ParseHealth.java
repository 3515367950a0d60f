package io.onedump.slowlog.parse;

/** How well a log could be read. Nothing in a log makes the parser fail; what it skips is counted here. */
public final class ParseHealth {

    /** Bytes of the log, unpacked. */
    long bytes;
    long events;
    /** Starts and {@code FLUSH SLOW LOGS} of a server. */
    long banners;
    /** Bytes that belong to no event: text before the first header, headers without a statement. */
    long skippedBytes;
    /** Events whose header or statement ended too early to be used. */
    long incomplete;
    /** Events that were reported although the log ended inside their statement. */
    long cut;
    /** Header values that are not what their name promises. */
    public long malformedValues;
    /** Statements longer than {@link LogReader#LONGEST_EVENT}, of which only the beginning was read. */
    long shortened;

    public void add(ParseHealth other) {
        bytes += other.bytes;
        events += other.events;
        banners += other.banners;
        skippedBytes += other.skippedBytes;
        incomplete += other.incomplete;
        cut += other.cut;
        malformedValues += other.malformedValues;
        shortened += other.shortened;
    }
}
