package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.ReplayedMySql;
import io.onedump.servers.Sshd;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.Verify;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often an archive that is kept by SFTP logs in. */
class SftpArchiveIT {

    private static final int FILES = 10;

    @Test
    void anArchiveThatIsFollowedKeepsOneConnectionForAllItsFiles(@TempDir Path folder) throws Exception {
        BinlogRecording recording = BinlogRecording.of(MadeEvents.closedFile());
        AtomicInteger stored = new AtomicInteger();
        try (Sshd sshd = Sshd.start();
                ReplayedMySql server = ReplayedMySql.start(recording, 7, (long) FILES * recording.events(), 0);
                StorageArchiveStore store = new StorageArchiveStore(() -> new SftpStorage(
                        new SshSettings(sshd.host(), sshd.port(), sshd.user(), null, sshd.key().file().toString(), null,
                                sshd.knownHosts().toString(), null),
                        sshd.workFolder().toString(), new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT)))) {
            StreamSettings source =
                    new StreamSettings(MySqlSettings.of("127.0.0.1", server.port(), "archiver", ""), 4711,
                            "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(5), false);
            UploadSettings upload = new UploadSettings(Compression.ZSTD, null, Duration.ofSeconds(2), 16 << 20, 5);
            Archiver archiver = new Archiver(Threads.daemons(),
                    new ArchiveSettings(source, folder.resolve("staging"), upload, Duration.ofSeconds(1), null, null),
                    store, Clock.systemUTC(), new Random(1), file -> stored.incrementAndGet());
            BackgroundTask follow = Threads.daemons().start("follow", archiver::follow);
            await().atMost(Duration.ofMinutes(2)).until(() -> stored.get() == FILES);
            assertThat(sshd.logIns()).isEqualTo(1);
            archiver.close();
            follow.join();
        }
    }
}
