package io.onedump.binlog;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32;

import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.UploadSettings;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.Dsn;

/** An endpoint's options as the settings of the packages below, which check them. */
final class BinlogSettings {

    private BinlogSettings() {
    }

    /** @throws IllegalArgumentException naming the option that is missing or wrong */
    static void check(BinlogEndpoint endpoint) {
        boolean fromDirectory = endpoint.getSource() == BinlogOrigin.directory;
        if (fromDirectory == (endpoint.getDirectory() == null)) {
            throw new IllegalArgumentException(fromDirectory
                    ? "option directory: name the folder that the binlog files are copied to"
                    : "option directory: it takes source: directory");
        }
        upload(endpoint);
        if (!fromDirectory || endpoint.getOperation() == BinlogOperation.status) {
            archive(endpoint, null, null);
        }
    }

    static MySqlSettings server(BinlogEndpoint endpoint) {
        if (endpoint.getDsn() == null) {
            throw new IllegalArgumentException("option dsn: name the server, such as"
                    + " mysql://archiver@db.internal:3306");
        }
        Dsn dsn = Dsn.parse(endpoint.getDsn()).withAccount(endpoint.getUsername(), endpoint.getPassword());
        if (dsn.family() != Dsn.Family.MYSQL) {
            throw new IllegalArgumentException("option dsn: binary logs are of MySQL and MariaDB, not of"
                    + " " + dsn.family());
        }
        Path authority = endpoint.getTlsAuthority() == null ? null : Path.of(endpoint.getTlsAuthority());
        return MySqlSettings.of(dsn.host(), dsn.port(), dsn.user(), dsn.password()).withTls(endpoint.getTlsMode(),
                authority);
    }

    /** What is archived, for messages. */
    static String origin(BinlogEndpoint endpoint) {
        return endpoint.getSource() == BinlogOrigin.directory ? endpoint.getDirectory() : server(endpoint).address();
    }

    /** The folder for what is not in the storage yet. */
    static Path spool(BinlogEndpoint endpoint) {
        return Path.of(endpoint.getSpoolDirectory()).toAbsolutePath().normalize();
    }

    static UploadSettings upload(BinlogEndpoint endpoint) {
        return new UploadSettings(endpoint.getCompression(), endpoint.getCompressionLevel(),
                Duration.ofMillis(endpoint.getSegmentInterval()), endpoint.getSegmentSize(), endpoint.getAttempts());
    }

    static ArchiveSettings archive(BinlogEndpoint endpoint, Instant since, Instant until) {
        MySqlSettings server = server(endpoint);
        Path spool = spool(endpoint);
        String name = server.address() + " " + spool;
        StreamSettings source =
                new StreamSettings(server, endpoint.getServerId() == 0 ? stableId(name) : endpoint.getServerId(),
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                        Duration.ofMillis(endpoint.getHeartbeat()), endpoint.isSemiSync());
        return new ArchiveSettings(source, spool, upload(endpoint), Duration.ofMillis(endpoint.getMaxRetryDelay()),
                since, until);
    }

    /** In the upper half of the numbers, where nobody numbers servers by hand. */
    private static long stableId(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() | 0x80000000L;
    }
}
