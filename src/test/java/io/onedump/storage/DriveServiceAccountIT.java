package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import com.google.api.services.drive.DriveScopes;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.HttpFault;
import io.onedump.servers.ServiceAccount;
import io.onedump.servers.SharedDriveRole;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveServiceAccountIT {

    private static final String NAME = "shop.sql";
    private static final String OWNER = "owner@example.org";

    @TempDir
    private Path folder;
    private final FakeDrive server = FakeDrive.start(20);
    private final ServiceAccount account = ServiceAccount.create(OWNER);
    private String ownFolder;
    private String sharedFolder;

    @BeforeEach
    void allow() {
        server.allow(account);
        ownFolder = server.addFolder("root", "backups");
        sharedFolder = server.addFolder(server.addSharedDrive(SharedDriveRole.CONTENT_MANAGER), "backups");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsInASharedDriveByItself() throws Exception {
        put(account, sharedFolder, "");
        assertThat(server.names(sharedFolder)).containsExactly(NAME);
    }

    @Test
    void keepsInTheDriveOfItsDelegate() throws Exception {
        put(account, ownFolder, "&delegate=" + OWNER);
        assertThat(server.names(ownFolder)).containsExactly(NAME);
    }

    @Test
    void renewsATokenThatExpired() throws Exception {
        server.plan(HttpFault.expiredToken(request -> request.path().startsWith("/upload/")));
        put(account, sharedFolder, "");
        assertThat(server.fired()).isEqualTo(1);
        assertThat(server.names(sharedFolder)).containsExactly(NAME);
    }

    @Test
    void saysThatItHasNoSpaceOfItsOwn() {
        refuses(account, ownFolder, "", "use a shared drive");
    }

    @Test
    void saysThatTheKeyIsNotTheAccounts() {
        refuses(ServiceAccount.create(OWNER), sharedFolder, "", "Invalid JWT Signature");
    }

    @Test
    void saysThatItMayNotActForTheDelegate() {
        refuses(account, ownFolder, "&delegate=someone.else@example.org", "domain-wide delegation");
    }

    @Test
    void saysThatTheScopeIsUnknown() {
        refuses(account, sharedFolder, "&scopes=" + DriveScopes.DRIVE + ".all", "scopes was refused");
    }

    @Test
    void saysThatTheScopeIsForReadingOnly() {
        refuses(account, sharedFolder, "&scopes=" + DriveScopes.DRIVE_READONLY, "scopes, or the refresh token");
    }

    @Test
    void saysThatAnAccessTokenHasExpired() {
        refuses("&clientId=" + FakeDrive.CLIENT_ID + "&clientSecret=" + FakeDrive.CLIENT_SECRET
                + "&accessToken=expired", sharedFolder, "the access token was refused");
    }

    @Test
    void saysThatTheKeyIsNone() throws Exception {
        Path key = Files.writeString(folder.resolve("key.json"), "{\"type\": \"service_account\"}");
        refuses("&serviceAccountKey=file:" + key, sharedFolder, "serviceAccountKey must lead to the JSON file");
        refuses("&serviceAccountKey=file:" + folder.resolve("absent.json"), sharedFolder, "cannot read");
    }

    private void refuses(ServiceAccount login, String folderId, String options, String message) {
        refuses(serviceAccountKey(login) + options, folderId, message);
    }

    private void refuses(String credentials, String folderId, String message) {
        assertThatThrownBy(() -> put(credentials, folderId)).isExactlyInstanceOf(StorageException.class)
                .hasMessageContaining("google-drive:" + folderId).hasMessageContaining(message);
        assertThat(server.names()).isEmpty();
        assertThat(server.pendingUploads()).isEmpty();
    }

    private void put(ServiceAccount login, String folderId, String options) throws Exception {
        put(serviceAccountKey(login) + options, folderId);
    }

    private void put(String credentials, String folderId) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("drive", server.clients());
            context.start();
            String uri =
                    "storage:google-drive:drive-files/create?clientFactory=#drive&folderId=" + folderId + credentials;
            try (Storage storage = context.getEndpoint(uri, StorageEndpoint.class).open()) {
                storage.put(NAME, new GeneratedArtifact(NAME, 1000));
                assertThat(storage.list("")).extracting(StoredObject::path).containsExactly(NAME);
            }
        }
    }

    private String serviceAccountKey(ServiceAccount login) {
        return "&serviceAccountKey=file:" + login.writeKey(folder.resolve("key.json"), server.endpoint());
    }
}
