package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

import io.onedump.artifact.BytesArtifact;
import io.onedump.servers.CloudRequest;
import io.onedump.servers.CloudServer;
import io.onedump.servers.DriveClients;
import io.onedump.servers.DropboxClients;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.FakeDropbox;
import io.onedump.servers.HttpFault;
import io.onedump.storage.SidecarReading.State;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.retention.Retention.Decision;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A connection that breaks while a sidecar is read; to some clients of clouds that looks like its end. */
@Tag("slow")
class CloudSidecarTest {

    private static final String PATH = "shop-20260101.sql";
    private static final NamePattern NAMES = NamePattern.of("shop-${date:now:yyyyMMdd}.sql");
    private static final String DRIVE = "storage:google-drive:drive-files/create?clientFactory=#drive&clientId="
            + FakeDrive.CLIENT_ID + "&clientSecret=" + FakeDrive.CLIENT_SECRET + "&refreshToken="
            + FakeDrive.REFRESH_TOKEN;
    /** More than one reading can take. */
    private static final int FOR_GOOD = 60;

    @Test
    void byDropbox() throws Exception {
        try (FakeDropbox server = FakeDropbox.start(20)) {
            readsThroughBreaks(server, "storage:dropbox:put?client=#dropbox&remotePath=/Backups",
                    request -> request.path().endsWith("/files/download"));
        }
    }

    @Test
    void byGoogleDrive() throws Exception {
        try (FakeDrive server = FakeDrive.start(20)) {
            readsThroughBreaks(server, DRIVE, request -> "media".equals(request.query().get("alt")));
        }
    }

    @Test
    void aSidecarThatGoogleDriveListedTakesOneRequest() throws Exception {
        try (FakeDrive server = FakeDrive.start(20); CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("drive", new DriveClients(server.endpoint().toString()));
            context.start();
            Backend backend = context.getEndpoint(DRIVE, StorageEndpoint.class).getBackend();
            try (Storage storage = backend.open()) {
                Put put = new Put(backend, storage, new Owner("shop", null), Identity.NONE.with(Identity.JOB, "shop"));
                for (int day = 1; day <= 9; day++) {
                    String name = "shop-2026010" + day + ".sql";
                    put.run(name, new BytesArtifact(name, new byte[1]));
                }
                List<String> requests = Collections.synchronizedList(new ArrayList<>());
                server.plan(HttpFault.truncatedAnswer(request -> {
                    requests.add(request.uri().toString());
                    return false;
                }));
                assertThat(new Catalog(storage, NAMES, "shop").entries()).hasSize(9).allMatch(Catalog.Entry::verified);
                assertThat(requests).filteredOn(request -> request.contains("alt=media")).hasSize(9);
                assertThat(requests).as("a page, and what there is of them").hasSize(1 + 9);
            }
        }
    }

    @Test
    void aSidecarThatWasReplacedOnGoogleDriveSinceItWasListedIsReadAsItIsNow() throws Exception {
        try (FakeDrive server = FakeDrive.start(20); CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("drive", new DriveClients(server.endpoint().toString()));
            context.start();
            Backend backend = context.getEndpoint(DRIVE, StorageEndpoint.class).getBackend();
            try (Storage storage = backend.open(); Storage another = backend.open()) {
                storage.put("x", new BytesArtifact("x", new byte[] {1}));
                assertThat(storage.list("")).hasSize(1);
                another.put("x", new BytesArtifact("x", new byte[] {2}));
                assertThat(storage.get("x", 0).readAllBytes()).containsExactly(2);
                assertThat(storage.stat("x")).isPresent();
                another.delete("x");
                assertThatThrownBy(() -> storage.get("x", 0)).isInstanceOf(ObjectNotFoundException.class);
            }
        }
    }

    private static void readsThroughBreaks(CloudServer server, String uri, Predicate<CloudRequest> read)
            throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("drive", new DriveClients(server.endpoint().toString()));
            context.getRegistry().bind("dropbox",
                    DropboxClients.refreshing(server.endpoint().toString()));
            context.start();
            Backend backend = context.getEndpoint(uri, StorageEndpoint.class).getBackend();
            try (Storage storage = backend.open()) {
                new Put(backend, storage, new Owner("shop", null), Identity.NONE.with(Identity.JOB, "shop")).run(PATH,
                        new BytesArtifact(PATH, new byte[1000]));
                server.plan(HttpFault.truncatedAnswer(read), HttpFault.truncatedAnswer(read));
                assertThat(new Sidecars(storage).read(PATH).state()).isEqualTo(State.GOOD);
                assertThat(server.fired()).isEqualTo(2);
                server.plan(Collections.nCopies(FOR_GOOD, HttpFault.truncatedAnswer(read)).toArray(HttpFault[]::new));
                Prune prune = new Prune(storage, NAMES,
                        new Retention(1, null, 0, 0, 0, 0, ZoneOffset.UTC, true), new Owner("shop", null));
                assertThat(prune.run(Instant.now())).allMatch(Decision::keep).singleElement()
                        .satisfies(decision -> assertThat(decision.reason()).contains("could not be read"));
            }
        }
    }
}
