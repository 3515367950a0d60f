package io.onedump.binlog.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.onedump.binlog.source.StreamSettings;

/**
 * What to archive and how.
 *
 * @param staging   folder on local disk for what is not in the storage yet; nobody else may use it
 * @param upload  from there to the storage
 * @param retry   longest wait before the next attempt to reach the server
 * @param since   where a new archive begins: with the file that holds this moment; null for the oldest the server has
 * @param until   where a run that is to end ends: before the first transaction of this moment; null for all there is
 * @param transaction the same, named by the GTID of a transaction that the file holds; null for none
 */
public record ArchiveSettings(
        StreamSettings source, Path staging, UploadSettings upload, Duration retry, Instant since, Instant until,
        String transaction) {

    public static final Duration DEFAULT_RETRY = Duration.ofSeconds(30);

    public ArchiveSettings {
        if (retry.isNegative() || retry.isZero()) {
            throw new IllegalArgumentException("the longest wait between attempts must be positive: " + retry);
        }
    }

    /** The same where no transaction is named. */
    public ArchiveSettings(StreamSettings source, Path staging, UploadSettings upload, Duration retry, Instant since,
            Instant until) {
        this(source, staging, upload, retry, since, until, null);
    }

    /** Where a new archive begins; null for the oldest file that the server has. */
    Beginning beginning() {
        return transaction == null ? Beginning.at(since) : new Beginning(null, transaction);
    }

    public static ArchiveSettings of(StreamSettings source, Path staging) {
        return new ArchiveSettings(source, staging, UploadSettings.DEFAULT, DEFAULT_RETRY, null, null);
    }
}
