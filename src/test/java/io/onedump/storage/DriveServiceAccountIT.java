package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onedump.servers.FakeDrive;
import io.onedump.servers.ServiceAccount;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriveServiceAccountIT {

    private static final String NAME = "shop.sql";

    @TempDir
    private Path folder;

    @Test
    void storesInAFolderWithTheKeyOfAServiceAccount() throws Exception {
        ServiceAccount account = ServiceAccount.create(null);
        storesOneObject(account, "");
    }

    @Test
    void actsForTheDelegate() throws Exception {
        storesOneObject(ServiceAccount.create("owner@example.org"), "&delegate=owner@example.org");
    }

    @Test
    void saysThatAWrongKeyIsRefused() throws Exception {
        try (FakeDrive server = FakeDrive.start(20)) {
            server.allow(ServiceAccount.create(null));
            assertThatThrownBy(() -> put(server, ServiceAccount.create(null), ""))
                    .isInstanceOf(StorageException.class).hasMessageContaining("credentials");
            assertThat(server.names()).isEmpty();
        }
    }

    private void storesOneObject(ServiceAccount account, String options) throws Exception {
        try (FakeDrive server = FakeDrive.start(20)) {
            server.allow(account);
            put(server, account, options);
            assertThat(server.names()).containsExactly(NAME);
        }
    }

    private void put(FakeDrive server, ServiceAccount account, String options) throws Exception {
        Path key = Files.writeString(folder.resolve("key.json"), account.json(server.endpoint() + "/token"));
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("drive", server);
            context.start();
            String uri = "storage:google-drive:drive-files/create?clientFactory=#drive&folderId=folder-1"
                    + "&serviceAccountKey=file:" + key + options;
            try (Storage storage = context.getEndpoint(uri, StorageEndpoint.class).open()) {
                storage.put(NAME, new GeneratedArtifact(NAME, 1000));
                assertThat(storage.list("")).extracting(StoredObject::path).containsExactly(NAME);
            }
        }
    }
}
