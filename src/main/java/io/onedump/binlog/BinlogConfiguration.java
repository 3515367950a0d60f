package io.onedump.binlog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.TemporalAmount;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

import io.onedump.artifact.Compression;
import io.onedump.binlog.archive.ArchiveRetention;
import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.Beginning;
import io.onedump.binlog.archive.KeptDump;
import io.onedump.binlog.archive.UploadSettings;
import io.onedump.binlog.archive.Watch;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import io.onedump.storage.retention.Retention;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of binlog:, and what they mean to the packages below, which check them. */
@UriParams
public class BinlogConfiguration {

    @UriParam(secret = true,
            description = "The server: mysql://host:port, the same behind jdbc:, or Go's tcp(host:port)/; an account"
                    + " may stand in front of the host. It needs the global privileges REPLICATION SLAVE and"
                    + " REPLICATION CLIENT. Required, except to archive or verify what comes from a directory.")
    private String dsn;

    @UriParam(defaultValue = "server",
            description = "Where the files come from: server, its replication stream; directory, a folder that"
                    + " something else copies them to.")
    private BinlogOrigin source = BinlogOrigin.server;

    @UriParam(description = "The folder, with source directory. Of the files in it the one with the highest number"
            + " counts as unfinished and waits for the next.")
    private String directory;

    @UriParam(label = "security", description = "The account, in place of the DSN's.")
    private String username;

    @UriParam(label = "security", secret = true, description = "The account's password, in place of the DSN's.")
    private String password;

    @UriParam(label = "security", defaultValue = "VERIFY_FULL",
            description = "How the connection is encrypted: DISABLED, PREFERRED, REQUIRED (any certificate),"
                    + " VERIFY_CA, or VERIFY_FULL, which wants the host's name in the certificate. What the DSN says of"
                    + " it (docs/dump.md) must not be something else.")
    private TlsMode tlsMode;

    @UriParam(label = "security",
            description = "PEM file of the authorities whose certificates are trusted. By default those of the"
                    + " Java platform.")
    private String tlsAuthority;

    @UriParam(description = "The URI of the storage endpoint that keeps the archive, such as"
            + " storage:file:/var/backups/shop.")
    @Metadata(required = true, secret = true)
    private String storage;

    @UriParam(description = "A folder on local disk for what is not in the storage yet. It must outlive the process and"
            + " belong to this archive alone.")
    @Metadata(required = true)
    private String spoolDirectory;

    @UriParam(description = "Our number among the server's replicas, 1 to 4294967295, which nobody else may have. By"
            + " default one that follows from the spool folder and the DSN's host, and so stays the same.")
    private long serverId = 0;

    @UriParam(defaultValue = "5s", javaType = "java.time.Duration",
            description = "How often an idle server says that it is alive; after four times that without a sign the"
                    + " connection is made anew.")
    private long heartbeat = 5_000;

    @UriParam(defaultValue = "false",
            description = "Have commits wait until their events are on our disk, where the server is set up for"
                    + " semi-synchronous replication (docs/binlog.md). While we are away each commit may wait for"
                    + " the server's timeout.")
    private boolean semiSync = false;

    @UriParam(defaultValue = "ZSTD", description = "How stored files are compressed: none, gzip or zstd.")
    private Compression compression = Compression.ZSTD;

    @UriParam(description = "The compression's level: zstd -7 to 19 (default 1), gzip 1 to 9 (default 6).")
    private Integer compressionLevel;

    @UriParam(defaultValue = "2s", javaType = "java.time.Duration",
            description = "How long events of the file that the server still writes may wait before they are stored.")
    private long segmentInterval = 2_000;

    @UriParam(defaultValue = "16777216", description = "How many bytes of them may wait.")
    private long segmentSize = 16 << 20;

    @UriParam(defaultValue = "5",
            description = "How often a run that is to end tries to reach the server and the storage. A route that"
                    + " starts from here tries for ever.")
    private int attempts = 5;

    @UriParam(defaultValue = "30s", javaType = "java.time.Duration",
            description = "The longest wait between two attempts; the first is half a second and each doubles it.")
    private long maxRetryDelay = 30_000;

    @UriParam(defaultValue = "1m", javaType = "java.time.Duration",
            description = "How often a route that starts from here asks server and storage how far the archive is"
                    + " behind, for the health check and the gauges.")
    private long statusInterval = 60_000;

    @UriParam(defaultValue = "15m", javaType = "java.time.Duration",
            description = "How far behind its server, in time, an archive may be before its status alarms.")
    private long maxLag = 900_000;

    @UriParam(defaultValue = "67108864", description = "How many bytes it may lack before its status alarms.")
    private long maxLagBytes = 64 << 20;

    @UriParam(description = "The id of a job that runs when no restore can cross this moment any more: after a gap and"
            + " when a new timeline begins. Name the job that makes a full backup; what it has run for no longer alarms"
            + " once it succeeds.")
    private String onNewTimeline;

    @UriParam(description = "Retention: keep files up to this age, an ISO 8601 duration such as P30D. Without a rule"
            + " everything is kept. Whole files go, from the old end only.")
    private String keepWithin;

    @UriParam(description = "Retention: keep what any dump needs that this job has kept, so that each can be rolled"
            + " forward to the newest end. With keepWithin too a file stays when either wants it.")
    private String keepFor;

    @UriParam(defaultValue = "1d", javaType = "java.time.Duration",
            description = "How much more than a dump needs keepFor keeps: clocks may differ, and dumps take time.")
    private long keepMargin = 86_400_000;

    /** @throws IllegalArgumentException naming the option that is missing or wrong */
    void check(BinlogOperation operation) {
        if (fromDirectory() == (directory == null)) {
            throw new IllegalArgumentException(fromDirectory()
                    ? "option directory: name the folder that the binlog files are copied to"
                    : "option directory: it takes source: directory");
        }
        if (spoolDirectory == null || spoolDirectory.isBlank()) {
            throw new IllegalArgumentException("option spoolDirectory: it is missing; name a folder for what is not in"
                    + " the storage yet");
        }
        upload();
        watch();
        retention(null);
        if (!fromDirectory()) {
            archive(null, null);
        }
    }

    boolean fromDirectory() {
        return source == BinlogOrigin.directory;
    }

    Watch watch() {
        return new Watch(Duration.ofMillis(maxLag), maxLagBytes, staging());
    }

    /** @param dumps those that keepFor is about; null for no such rule */
    ArchiveRetention retention(List<KeptDump> dumps) {
        TemporalAmount age = Retention.parseAge(keepWithin);
        if (age != null && !Retention.isPositive(age)) {
            throw new IllegalArgumentException("option keepWithin: it must be positive: " + keepWithin);
        }
        return new ArchiveRetention(age, dumps, Duration.ofMillis(keepMargin));
    }

    /** The server that is archived. */
    MySqlSettings server() {
        if (dsn == null) {
            throw new IllegalArgumentException("option dsn: name the server, such as"
                    + " mysql://archiver@db.internal:3306");
        }
        try {
            return MySqlDsn.settings(Dsn.parse(dsn).withAccount(username, password), tlsMode,
                    tlsAuthority == null ? null : Path.of(tlsAuthority), TlsMode.VERIFY_FULL);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option dsn: " + e.getMessage(), e);
        }
    }

    /** What is archived, for messages. */
    String origin() {
        return fromDirectory() ? directory : server().address();
    }

    /** The folder for what is not in the storage yet. */
    Path staging() {
        return Path.of(spoolDirectory).toAbsolutePath().normalize();
    }

    UploadSettings upload() {
        return new UploadSettings(compression, compressionLevel, Duration.ofMillis(segmentInterval), segmentSize,
                attempts);
    }

    ArchiveSettings archive(Beginning since, Instant until) {
        MySqlSettings server = server();
        String name = server.address() + " " + staging();
        StreamSettings stream = new StreamSettings(server, serverId == 0 ? stableId(name) : serverId,
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                Duration.ofMillis(heartbeat), semiSync);
        return new ArchiveSettings(stream, staging(), upload(), Duration.ofMillis(maxRetryDelay),
                since == null ? null : since.time(), until, since == null ? null : since.gtid());
    }

    /** In the upper half of the numbers, where nobody numbers servers by hand. */
    private static long stableId(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() | 0x80000000L;
    }

    public String getDsn() {
        return dsn;
    }

    public void setDsn(String dsn) {
        this.dsn = dsn;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public TlsMode getTlsMode() {
        return tlsMode;
    }

    public void setTlsMode(TlsMode tlsMode) {
        this.tlsMode = tlsMode;
    }

    public String getTlsAuthority() {
        return tlsAuthority;
    }

    public void setTlsAuthority(String tlsAuthority) {
        this.tlsAuthority = tlsAuthority;
    }

    public String getStorage() {
        return storage;
    }

    public void setStorage(String storage) {
        this.storage = storage;
    }

    public String getSpoolDirectory() {
        return spoolDirectory;
    }

    public void setSpoolDirectory(String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public long getServerId() {
        return serverId;
    }

    public void setServerId(long serverId) {
        this.serverId = serverId;
    }

    public long getHeartbeat() {
        return heartbeat;
    }

    public void setHeartbeat(long heartbeat) {
        this.heartbeat = heartbeat;
    }

    public boolean isSemiSync() {
        return semiSync;
    }

    public void setSemiSync(boolean semiSync) {
        this.semiSync = semiSync;
    }

    public Compression getCompression() {
        return compression;
    }

    public void setCompression(Compression compression) {
        this.compression = compression;
    }

    public Integer getCompressionLevel() {
        return compressionLevel;
    }

    public void setCompressionLevel(Integer compressionLevel) {
        this.compressionLevel = compressionLevel;
    }

    public long getSegmentInterval() {
        return segmentInterval;
    }

    public void setSegmentInterval(long segmentInterval) {
        this.segmentInterval = segmentInterval;
    }

    public long getSegmentSize() {
        return segmentSize;
    }

    public void setSegmentSize(long segmentSize) {
        this.segmentSize = segmentSize;
    }

    public int getAttempts() {
        return attempts;
    }

    public void setAttempts(int attempts) {
        this.attempts = attempts;
    }

    public long getMaxRetryDelay() {
        return maxRetryDelay;
    }

    public void setMaxRetryDelay(long maxRetryDelay) {
        this.maxRetryDelay = maxRetryDelay;
    }

    public long getStatusInterval() {
        return statusInterval;
    }

    public void setStatusInterval(long statusInterval) {
        this.statusInterval = statusInterval;
    }

    public BinlogOrigin getSource() {
        return source;
    }

    public void setSource(BinlogOrigin source) {
        this.source = source;
    }

    public String getDirectory() {
        return directory;
    }

    public void setDirectory(String directory) {
        this.directory = directory;
    }

    public long getMaxLag() {
        return maxLag;
    }

    public void setMaxLag(long maxLag) {
        this.maxLag = maxLag;
    }

    public long getMaxLagBytes() {
        return maxLagBytes;
    }

    public void setMaxLagBytes(long maxLagBytes) {
        this.maxLagBytes = maxLagBytes;
    }

    public String getOnNewTimeline() {
        return onNewTimeline;
    }

    public void setOnNewTimeline(String onNewTimeline) {
        this.onNewTimeline = onNewTimeline;
    }

    public String getKeepWithin() {
        return keepWithin;
    }

    public void setKeepWithin(String keepWithin) {
        this.keepWithin = keepWithin;
    }

    public String getKeepFor() {
        return keepFor;
    }

    public void setKeepFor(String keepFor) {
        this.keepFor = keepFor;
    }

    public long getKeepMargin() {
        return keepMargin;
    }

    public void setKeepMargin(long keepMargin) {
        this.keepMargin = keepMargin;
    }
}
