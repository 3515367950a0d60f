package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.servers.ScriptedCloud;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sync to a bucket that is not there ends at once. */
@Timeout(60)
class SyncMissingBucketTest {

    @Test
    void saysSoAndDoesNotTryAgain(@TempDir Path folder) throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(source.resolve("file-" + i), "content");
        }
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedCloud server = ScriptedCloud.start(request -> {
            asked.incrementAndGet();
            return ScriptedCloud.xml(404, "<Error><Code>NoSuchBucket</Code><Message>none</Message></Error>");
        })) {
            SyncRun sync = new SyncRun(source, "aws2-s3:b?accessKey=a&secretKey=b&region=us-east-1"
                    + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=" + server.endpoint(),
                    folder.resolve("sync.db"), "");
            assertThatThrownBy(sync::run).isInstanceOf(StorageException.class)
                    .isNotInstanceOf(TransientStorageException.class).hasMessageContaining("there is no bucket 'b'");
            assertThat(asked).hasValueLessThan(5);
        }
    }
}
