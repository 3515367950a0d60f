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
import io.onedump.dump.Dsn;
import io.onedump.mysql.MySqlSettings;

/** An endpoint's options as the settings of the packages below, which check them. */
final class BinlogSettings {

    private BinlogSettings() {
    }

    static MySqlSettings server(BinlogEndpoint endpoint) {
        Dsn dsn = Dsn.parse(endpoint.getDsn()).withAccount(endpoint.getUsername(), endpoint.getPassword());
        if (dsn.family() != Dsn.Family.MYSQL) {
            throw new IllegalArgumentException("option dsn: binary logs are of MySQL and MariaDB, not of " + dsn.family());
        }
        Path authority = endpoint.getTlsAuthority() == null ? null : Path.of(endpoint.getTlsAuthority());
        return MySqlSettings.of(dsn.host(), dsn.port(), dsn.user(), dsn.password()).withTls(endpoint.getTlsMode(), authority);
    }

    static ArchiveSettings archive(BinlogEndpoint endpoint, Instant since, Instant until) {
        MySqlSettings server = server(endpoint);
        Path spool = Path.of(endpoint.getSpoolDirectory()).toAbsolutePath().normalize();
        String name = server.address() + " " + spool;
        StreamSettings source = new StreamSettings(server, endpoint.getServerId() == 0 ? stableId(name) : endpoint.getServerId(),
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                Duration.ofMillis(endpoint.getHeartbeat()), endpoint.isSemiSync());
        UploadSettings upload = new UploadSettings(endpoint.getCompression(), endpoint.getCompressionLevel(),
                Duration.ofMillis(endpoint.getSegmentInterval()), endpoint.getSegmentSize(), endpoint.getAttempts());
        return new ArchiveSettings(source, spool, upload, Duration.ofMillis(endpoint.getMaxRetryDelay()), since, until);
    }

    /** In the upper half of the numbers, where nobody numbers servers by hand. */
    private static long stableId(String name) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() | 0x80000000L;
    }
}
