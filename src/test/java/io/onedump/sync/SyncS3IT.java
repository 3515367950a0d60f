package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.onedump.servers.S3Proxy;
import io.onedump.servers.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** A sync to S3: files by single requests, large ones in parts that a broken upload leaves to the next. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncS3IT {

    private static final int PART = 5 << 20;
    private static final int LARGE = 8 * PART;

    private S3Proxy server;
    private TcpProxy proxy;
    private String bucket;
    private int buckets;
    private FileTree source;
    private FileTree target;
    private SyncRun sync;

    @BeforeAll
    void start() {
        server = S3Proxy.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        proxy = TcpProxy.to(server.host(), server.port());
        bucket = "sync-" + ++buckets;
        server.createBucket(bucket);
        source = FileTree.in(folder.resolve("source"));
        target = new FileTree(server.folder(bucket));
        String uri = "aws2-s3:" + bucket + "?partSize=" + PART + "&concurrency=2&accessKey=" + S3Proxy.ACCESS_KEY
                + "&secretKey=" + S3Proxy.SECRET_KEY
                + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=http://"
                + proxy.host() + ":" + proxy.port();
        sync = new SyncRun(source.root(), uri, folder.resolve("sync.db"), "");
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @Test
    void sendsAFolderAndThenNothing() throws IOException {
        for (int i = 0; i < 50; i++) {
            source.write("folder-" + i % 5 + "/file " + i, 100);
        }
        source.write("Ünïcode/large", PART + 1).write("empty", 0).write("two\nlines", 1).write("a+b %41&=?#<>\"'*~", 2);
        assertThat(sync.run()).returns(54, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
        long sent = proxy.upload().passed();
        assertThat(sync.run()).returns(0, SyncResult::sent).returns(54, SyncResult::unchanged);
        assertThat(proxy.upload().passed() - sent).isLessThan(10_000);
    }

    @Test
    void sendsAgainWhatWasReplacedThere() throws IOException {
        source.write("file", 3);
        sync.run();
        server.client().putObject(request -> request.bucket(bucket).key("file"),
                RequestBody.fromString("bad"));
        Files.setLastModifiedTime(target.file("file"), FileTime.fromMillis(0));
        assertThat(sync.run()).returns(1, SyncResult::sent);
        target.assertSameAs(source);
    }

    @Test
    void goesOnWithThePartsThatArrivedBeforeTheConnectionBroke() throws Exception {
        source.write("large", LARGE);
        SyncMonitor monitor = new SyncMonitor();
        CompletableFuture<SyncResult> running = breakOff(monitor);
        proxy.accept();
        assertThat(running.get()).returns(1, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
        assertThat(proxy.upload().passed()).isLessThan(LARGE + 3 * PART);
        assertThat(server.pendingUploads(bucket)).isEmpty();
    }

    @Test
    void leavesAnUploadToTheNextRunAndAbortsItWhenTheSourceChanged() throws Exception {
        source.write("large", LARGE);
        sync = sync.with("maxAttempts", 1);
        assertThat(breakOff(new SyncMonitor()).get()).returns(false, SyncResult::ok);
        assertThat(server.pendingUploads(bucket)).containsExactly("large");
        proxy.accept();
        source.write("large", LARGE + 1);
        assertThat(sync.run()).returns(1, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
        assertThat(server.pendingUploads(bucket)).isEmpty();
    }

    @Test
    void abortsTheUploadOfAFileThatVanished() throws Exception {
        source.write("large", LARGE).write("small", 10);
        proxy.upload().bandwidth(2 * PART);
        SyncMonitor monitor = new SyncMonitor();
        CompletableFuture<SyncResult> running = start(monitor);
        awaitSent(2 * PART);
        Files.delete(source.file("large"));
        proxy.upload().heal();
        assertThat(running.get().failures()).singleElement().returns("large", failure -> failure.path());
        assertThat(target.paths()).containsExactly("small");
        assertThat(server.pendingUploads(bucket)).isEmpty();
    }

    @Test
    void sendsAgainAFileThatGrewWhileItWasRead() throws Exception {
        source.write("large", LARGE);
        proxy.upload().bandwidth(2 * PART);
        CompletableFuture<SyncResult> running = start(new SyncMonitor());
        awaitSent(2 * PART);
        Files.writeString(source.file("large"), "more", StandardOpenOption.APPEND);
        proxy.upload().heal();
        assertThat(running.get()).returns(1, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
    }

    /** Nobody answers any more once half of it has been sent, until the file was given back. */
    private CompletableFuture<SyncResult> breakOff(SyncMonitor monitor) {
        CompletableFuture<SyncResult> running = start(monitor);
        awaitSent(LARGE / 2);
        proxy.refuse();
        proxy.cut();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> monitor.active().isEmpty());
        return running;
    }

    private CompletableFuture<SyncResult> start(SyncMonitor monitor) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return sync.run(monitor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void awaitSent(long bytes) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(2))
                .until(() -> proxy.upload().passed() >= bytes);
    }
}
