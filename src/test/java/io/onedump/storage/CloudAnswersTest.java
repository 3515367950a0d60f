package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.servers.CloudAnswer;
import io.onedump.servers.CloudRequest;
import io.onedump.servers.DriveClients;
import io.onedump.servers.DropboxClients;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.ScriptedCloud;
import io.onedump.storage.drive.DriveOptions;
import io.onedump.storage.drive.DriveStorage;
import io.onedump.storage.dropbox.DropboxOptions;
import io.onedump.storage.dropbox.DropboxStorage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that neither Google Drive nor Dropbox gives. */
@Timeout(60)
class CloudAnswersTest {

    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(50));
    private static final String ROOT = "{\"id\":\"root\",\"mimeType\":\"application/vnd.google-apps.folder\"}";
    private static final String FILE = "{\"id\":\"1\",\"name\":\"x\",\"mimeType\":\"text/plain\",\"size\":\"5\"}";
    private static final String DROPBOX_FILE = "{\".tag\":\"file\",\"name\":\"x\",\"id\":\"id:1\","
            + "\"path_lower\":\"/b/x\",\"path_display\":\"/b/x\",\"client_modified\":\"2026-01-01T00:00:00Z\","
            + "\"server_modified\":\"2026-01-01T00:00:00Z\",\"rev\":\"0123456789abcdef\",\"size\":5}";

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"files\":[FILE],\"nextPageToken\":\"x\"}",
            "{\"files\":[FILE],\"nextPageToken\":\"%d\"}",
            "{\"files\":[],\"nextPageToken\":\"%d\"}",
            "{\"files\":[{\"id\":\"2\",\"name\":\"a\",\"mimeType\":\"application/vnd.google-apps.folder\"}]}",
            "{\"files\":[{\"name\":\"x\",\"mimeType\":\"text/plain\"}]}",
            "{\"files\":[{\"id\":\"1\",\"mimeType\":\"text/plain\"}]}",
            "{\"files\":[{\"id\":\"1\",\"name\":\"x\"}]}",
            "{\"files\":[{\"id\":\"1\",\"name\":\"x\",\"mimeType\":\"text/plain\",\"size\":\"-5\"}]}",
            "{\"files\":[{\"id\":\"1\",\"name\":\"x\",\"mimeType\":\"text/plain\",\"size\":\"many\"}]}",
            "{\"files\":[{\"id\":\"1\",\"name\":\"x\",\"mimeType\":\"text/plain\",\"modifiedTime\":\"soon\"}]}",
            "{\"files\":\"none\"}", "{}", "[]", "null", "", "{\"files\":[",
            "<html><body>Please log in.</body></html>"})
    void failsForAListOfGoogleDriveThatIsNone(String list) throws Exception {
        AtomicInteger page = new AtomicInteger();
        try (ScriptedCloud server = ScriptedCloud.start(request -> json(request.path().endsWith("/root")
                ? ROOT
                : list.replace("FILE", FILE).replace("%d", String.valueOf(page.incrementAndGet()))));
                Storage storage = drive(server)) {
            assertThatThrownBy(() -> storage.list("", object -> {
            })).isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("storage google-drive:root: cannot list");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"entries\":[FILE],\"cursor\":\"x\",\"has_more\":true}",
            "{\"entries\":[FILE],\"cursor\":\"%d\",\"has_more\":true}",
            "{\"entries\":[],\"cursor\":\"%d\",\"has_more\":true}",
            "{\"entries\":[OUTSIDE],\"cursor\":\"x\",\"has_more\":false}",
            "{\"entries\":[NEGATIVE],\"cursor\":\"x\",\"has_more\":false}",
            "{\"entries\":[NAMELESS],\"cursor\":\"x\",\"has_more\":false}",
            "{\"entries\":[FILE]}", "{\"entries\":7,\"cursor\":\"x\",\"has_more\":false}", "{}", "[]", "null", "",
            "{\"entries\":[", "<html><body>Please log in.</body></html>"})
    void failsForAListOfDropboxThatIsNone(String list) throws Exception {
        AtomicInteger page = new AtomicInteger();
        try (ScriptedCloud server = ScriptedCloud.start(request -> json(list
                .replace("FILE", DROPBOX_FILE).replace("OUTSIDE", DROPBOX_FILE.replace("/b/x", "/other/x"))
                .replace("NEGATIVE", DROPBOX_FILE.replace(":5", ":-5"))
                .replace("NAMELESS", DROPBOX_FILE.replace("\"path_display\":\"/b/x\",", ""))
                .replace("%d", String.valueOf(page.incrementAndGet()))));
                Storage storage = dropbox(server)) {
            assertThatThrownBy(() -> storage.list("", object -> {
            })).isInstanceOf(StorageException.class).hasMessageStartingWith("storage dropbox:/b: cannot list");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 700_000})
    void storesNothingWhereEveryAnswerIsAPage(int size) throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(CloudAnswersTest::page);
                Storage drive = drive(server); Storage dropbox = dropbox(server)) {
            for (Storage storage : new Storage[] {drive, dropbox}) {
                assertThatThrownBy(() -> storage.put("x", new BytesArtifact("x", new byte[size])))
                        .isInstanceOf(StorageException.class).hasMessageStartingWith("storage " + storage + ": ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "bytes=9-", "bytes=0-many", "bytes=0-99999999999", "0"})
    void doesNotBelieveGoogleDriveWhatItCannotHave(String range) throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(request -> {
            if (request.path().equals("/session")) {
                return CloudAnswer.empty(308, Map.of("Range", range));
            }
            return request.path().startsWith("/upload/")
                    ? CloudAnswer.empty(200, Map.of("Location", "http://" + request.header("Host") + "/session"))
                    : json(request.path().endsWith("/root") ? ROOT : "{\"files\":[]}");
        }); Storage storage = drive(server)) {
            assertThatThrownBy(() -> storage.put("x", new BytesArtifact("x", new byte[700_000])))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("storage google-drive:root: cannot write x: ");
        }
    }

    @Test
    void breaksTheConnectionOfWhatItDoesNotRead() throws Exception {
        AtomicLong sent = new AtomicLong();
        try (ScriptedCloud server = ScriptedCloud.start(request -> {
            if ("media".equals(request.query().get("alt")) || request.path().endsWith("/download")) {
                return ScriptedCloud.large(1L << 40, Map.of("Dropbox-API-Result",
                        DROPBOX_FILE.replace("{\".tag\":\"file\",", "{")), sent);
            }
            return json(request.path().endsWith("/root") ? ROOT : "{\"files\":[" + FILE + "]}");
        }); Storage drive = drive(server); Storage dropbox = dropbox(server)) {
            for (Storage storage : new Storage[] {drive, dropbox}) {
                try (InputStream in = storage.get("x", 0)) {
                    assertThat(in.readNBytes(10)).hasSize(10);
                }
                long closed = sent.get();
                Awaitility.await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5))
                        .until(() -> sent.get() < closed + (16L << 20));
            }
        }
    }

    /** However often it is asked: only somebody who frees space, or sets a shared drive, can help. */
    @Test
    void givesUpAtOnceWhereGoogleDriveIsFull() throws Exception {
        for (String stage : new String[] {"/upload/", "/session"}) {
            AtomicInteger refusals = new AtomicInteger();
            try (ScriptedCloud server = ScriptedCloud.start(request -> {
                if (request.path().startsWith(stage)) {
                    refusals.incrementAndGet();
                    return CloudAnswer.text(403, "application/json", "{\"error\":{\"code\":403,\"message\":\"The user's"
                            + " Drive storage quota has been exceeded.\",\"errors\":[{\"domain\":\"usageLimits\","
                            + "\"reason\":\"storageQuotaExceeded\",\"message\":\"full\"}]}}");
                }
                return request.path().startsWith("/upload/")
                        ? CloudAnswer.empty(200, Map.of("Location", "http://" + request.header("Host") + "/session"))
                        : json(request.path().endsWith("/root") ? ROOT : "{\"files\":[]}");
            }); Storage storage = drive(server)) {
                assertThatThrownBy(() -> storage.put("x", new BytesArtifact("x", new byte[700_000])))
                        .isInstanceOf(StorageException.class).isNotInstanceOf(TransientStorageException.class)
                        .hasMessageContaining("the Drive is full").hasMessageContaining("shared drive");
                assertThat(refusals).as(stage).hasValue(1);
            }
        }
    }

    /** The SDK tells what a 429 and a 503 ask for; of a 409 it hides the headers. */
    @ParameterizedTest
    @CsvSource({"429, 950", "503, 0", "409, 0"})
    void waitsForDropboxAsLongAsItAsks(int status, long millis) throws Exception {
        AtomicLong refused = new AtomicLong();
        AtomicLong asked = new AtomicLong();
        try (ScriptedCloud server = ScriptedCloud.start(request -> {
            if (!request.path().endsWith("/upload_session/start") || asked.getAndSet(System.nanoTime()) != 0) {
                return json(request.path().endsWith("/upload_session/start") ? "{\"session_id\":\"s\"}" : DROPBOX_FILE);
            }
            refused.set(System.nanoTime());
            byte[] busy = ("{\"error_summary\":\"too_many_write_operations/...\",\"error\":{\".tag\":"
                    + "\"too_many_write_operations\",\"reason\":{\".tag\":\"too_many_write_operations\"}}}")
                    .getBytes(StandardCharsets.UTF_8);
            return new CloudAnswer(status, Map.of("Retry-After", "1", "Content-Type", "application/json"), busy.length,
                    new ByteArrayInputStream(busy));
        }); Storage storage = dropbox(server)) {
            // What the script answers after that is no proof, which is another matter.
            assertThatThrownBy(() -> storage.put("x", new BytesArtifact("x", new byte[7])))
                    .isInstanceOf(StorageException.class);

            assertThat(asked.get() - refused.get()).as("asked again, and no sooner").isPositive()
                    .isGreaterThan(millis * 1_000_000);
        }
    }

    private static CloudAnswer page(CloudRequest request) {
        return request.method().equals("HEAD")
                ? CloudAnswer.empty(200, Map.of())
                : CloudAnswer.text(200, "text/html", "<html><body>Hello.</body></html>");
    }

    private static CloudAnswer json(String text) {
        return CloudAnswer.text(200, "application/json", text);
    }

    private static Storage drive(ScriptedCloud server) {
        return new DriveStorage(new DriveClients(server.endpoint().toString()).makeClient(FakeDrive.CLIENT_ID,
                FakeDrive.CLIENT_SECRET, List.of(), "onedump-test", null, "token"), "root",
                new DriveOptions(Verify.AUTO, 256 * 1024, QUICK));
    }

    private static Storage dropbox(ScriptedCloud server) {
        return new DropboxStorage(DropboxClients.withToken(server.endpoint().toString(), "token"), "b",
                new DropboxOptions(Verify.AUTO, 256 * 1024, QUICK));
    }
}
