package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import io.onedump.artifact.BytesArtifact;
import io.onedump.servers.MemoryS3;
import io.onedump.storage.s3.S3Attributes;
import io.onedump.storage.s3.S3Checksum;
import io.onedump.storage.s3.S3Options;
import io.onedump.storage.s3.S3Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Puts by conditional writes, with a server that compares and writes in one step, as S3 does. */
class S3ConditionsTest {

    private final MemoryS3 server = MemoryS3.start();
    private S3Client client;

    @BeforeEach
    void start() {
        client = server.client();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private Storage open() {
        return new S3Storage(client, "b", "", new S3Options(Verify.AUTO, StorageConformance.CHUNK, 1,
                S3Checksum.WHEN_SUPPORTED, S3Attributes.NONE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsOneOfTwoThatStoreAtTheSameMomentSucceed(boolean replaces) throws Exception {
        RacingPuts puts = new RacingPuts(this::open, replaces);
        for (int round = 0; round < 20; round++) {
            puts.run(round + ".sql", 1000);
        }
    }

    @Test
    void takesNoMoreRequestsThanBefore() throws Exception {
        put("one");
        assertThat(server.takeRequests()).containsExactly("HEAD a.sql", "HEAD a.sql.checksum", "HEAD a.sql",
                "PUT a.sql", "HEAD a.sql", "PUT a.sql.checksum", "HEAD a.sql.checksum");
    }

    @Test
    void storesAnewWhatWasRemovedMeanwhile() throws Exception {
        put("one");
        try (Storage storage = open()) {
            StoredObject before = storage.stat("a.sql").orElseThrow();
            storage.delete("a.sql");
            storage.replace("a.sql", before, text("two"));
            assertThat(server.kept("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("two");
        }
    }

    /** As after a request whose first answer was lost. */
    @Test
    void knowsItsOwnBytesAgain() throws Exception {
        server.keep("a.sql", "mine".getBytes(StandardCharsets.UTF_8));
        try (Storage storage = open()) {
            assertThat(storage.replace("a.sql", null, text("mine")).verifiedBy()).isEqualTo(Proof.ETAG);
            assertThatThrownBy(() -> storage.replace("a.sql", null, text("other")))
                    .isExactlyInstanceOf(StoredMeanwhileException.class);
        }
    }

    @Test
    void deletesOnlyWhatItHasSeen() throws Exception {
        put("one");
        try (Storage storage = open()) {
            StoredObject seen = storage.stat("a.sql").orElseThrow();
            put("two");
            assertThatThrownBy(() -> storage.delete("a.sql", seen)).isInstanceOf(StoredMeanwhileException.class);
            assertThat(server.kept("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("two");
        }
    }

    /** Old servers refuse the header, and are not asked twice; even older ones do not look at it. */
    @ParameterizedTest
    @ValueSource(ints = {400, 501})
    void looksRightBeforeWhereTheServerRefusesConditions(int status) throws Exception {
        server.refuseConditions(status);
        try (Storage storage = open()) {
            storage.replace("a.sql", null, text("one"));
            server.takeRequests();
            storage.replace("b.sql", null, text("two"));
            assertThat(server.takeRequests()).containsExactly("PUT b.sql", "HEAD b.sql");
        }
        try (Storage storage = open()) {
            assertThatThrownBy(() -> storage.replace("a.sql", null, text("three")))
                    .isExactlyInstanceOf(StoredMeanwhileException.class);
        }
        assertThat(server.kept("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("one");
    }

    @Test
    void triesAgainAfterAConflictOfRequests() throws Exception {
        server.conflict(2);
        put("one");
        assertThat(server.kept("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("one");
    }

    private void put(String text) throws Exception {
        try (Storage storage = open()) {
            new Put(this::open, storage, new Owner("shop", null), Identity.NONE.with(Identity.JOB, "shop"))
                    .run("a.sql", text(text));
        }
    }

    private static BytesArtifact text(String text) {
        return new BytesArtifact("a.sql", text.getBytes(StandardCharsets.UTF_8));
    }
}
