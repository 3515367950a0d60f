package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.StoredInRun;
import io.onedump.artifact.Warnings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutTest {

    private final MemoryStorage memory = new MemoryStorage();

    @Test
    void removesTheOldSidecarBeforeTheNewArtifactIsSeen() throws Exception {
        put("a", "a.sql", "first");
        memory.requests().clear();
        put("a", "a.sql", "second");
        assertThat(memory.requests().stream().filter(request -> request.matches("(put|delete) .*")))
                .containsExactly("delete a.sql.checksum", "put a.sql", "put a.sql.checksum");
    }

    @Test
    void removesASidecarThatWasLeftAloneFirst() throws Exception {
        put("a", "a.sql", "first");
        memory.remove("a.sql");
        memory.requests().clear();
        put("a", "a.sql", "second");
        assertThat(memory.requests().indexOf("delete a.sql.checksum"))
                .isBetween(0, memory.requests().indexOf("put a.sql"));
    }

    @Test
    void leavesNoOldSidecarWhereNoneIsWritten() throws Exception {
        put("a", "a.sql", "first");
        new Put(memory, memory, new Owner("a", null), null).run("a.sql", artifact("second"));
        assertThat(memory.paths()).containsExactly("a.sql");
    }

    @Test
    void keepsTheOldSidecarWhenTheSourceFails() throws Exception {
        put("a", "a.sql", "first");
        Artifact faulty = new FaultyArtifact(new GeneratedArtifact("a.sql", 100), 50);
        assertThatThrownBy(() -> new Put(memory, memory, new Owner("a", null), Identity.NONE).run("a.sql", faulty))
                .hasMessage(FaultyArtifact.MESSAGE);
        assertThat(memory.paths()).containsExactly("a.sql", "a.sql.checksum");
    }

    @Test
    void refusesToReplaceWhatSeemsToBeAnothersByADamagedSidecar() throws Exception {
        put("a", "a.sql", "first");
        byte[] sidecar = memory.bytes("a.sql.checksum");
        sidecar[5] ^= 1;
        sidecar[9] ^= 1;
        memory.write("a.sql.checksum", sidecar);
        assertThatThrownBy(() -> put("b", "a.sql", "second")).isInstanceOf(StorageException.class)
                .hasMessageContaining("job 'a'").hasMessageContaining("another path or fileName");
        put("a", "a.sql", "third");
        assertThat(memory.bytes("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("third");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "# crc32: 0011", "\u0000\u0000\u0000"})
    void refusesToReplaceWhoseDamagedSidecarNamesNobody(String sidecar) throws Exception {
        put("a", "a.sql", "first");
        memory.write("a.sql.checksum", sidecar);
        assertThatThrownBy(() -> put("b", "a.sql", "second")).isExactlyInstanceOf(StorageException.class)
                .hasMessageContaining("sidecar is damaged").hasMessageContaining("nobody knows whose it is");
        assertThat(memory.bytes("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("first");
    }

    @Test
    void replacesWhatIsNotKnownToBeAnothersAndSaysSo() throws Exception {
        memory.write("a.sql", "older version");
        Warnings warnings = new Warnings();
        Identity identity = Identity.NONE.with(Identity.JOB, "a");
        Put put = new Put(memory, memory, new Owner("a", null), identity, new StoredInRun(), "", warnings);
        put.run("a.sql", artifact("new"));
        put.run("a.sql", artifact("new"));
        assertThat(new Sidecars(memory).read("a.sql").identity().job()).contains("a");
        assertThat(warnings.texts()).singleElement().asString()
                .contains("replaces a.sql, which has no sidecar: nobody knows whose it is");
    }

    @Test
    void mayStoreAfterAnAttemptThatFailed() throws Exception {
        Put put = new Put(memory, memory, new Owner("a", null), Identity.NONE, new StoredInRun(), "", new Warnings());
        Artifact slow = new DisturbedArtifact(artifact("mine"), 0, () -> put("a", "a.sql", "meanwhile"));
        assertThatThrownBy(() -> put.run("a.sql", slow)).hasMessageContaining("stored by another process");
        put.run("a.sql", artifact("other"));
        assertThat(memory.bytes("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("other");
    }

    @Test
    void refusesToReplaceWhatAnotherMachineHasKept() throws Exception {
        Identity alpha = Identity.NONE.with(Identity.JOB, "a").with(Identity.HOST, "alpha");
        new Put(memory, memory, new Owner("a", "alpha"), alpha).run("a.sql", artifact("first"));
        assertThatThrownBy(() -> new Put(memory, memory, new Owner("a", "beta"), alpha.with(Identity.HOST, "beta"))
                .run("a.sql", artifact("second"))).isInstanceOf(StorageException.class)
                .hasMessageContaining("machine 'alpha'").hasMessageContaining("${hostname}")
                .hasMessageContaining("acrossHosts");
        new Put(memory, memory, new Owner("a", "alpha"), alpha).run("a.sql", artifact("third"));
        new Put(memory, memory, new Owner("a", null), alpha).run("a.sql", artifact("fourth"));
        assertThat(memory.bytes("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("fourth");
    }

    @Test
    void refusesToReplaceWhatWasStoredWhileItRan() throws Exception {
        Artifact slow = new DisturbedArtifact(artifact("mine"), 0, () -> put("b", "a.sql", "of another"));
        assertThatThrownBy(() -> new Put(memory, memory, new Owner("a", null), Identity.NONE).run("a.sql", slow))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("stored by another process while this one ran");
        assertThat(memory.bytes("a.sql")).asString(StandardCharsets.UTF_8).isEqualTo("of another");
        assertThat(new Sidecars(memory).read("a.sql").identity().job()).contains("b");
    }

    @Test
    void writesWhatTheArtifactKnowsOfItself() throws Exception {
        put("a", "a.sql", "first");
        Identity identity = new Sidecars(memory).read("a.sql").identity();
        assertThat(identity.size()).contains(5L);
        assertThat(identity.get(Identity.PROOF)).contains("read-back");
    }

    private void put(String job, String path, String text) throws Exception {
        new Put(memory, memory, new Owner(job, null), Identity.NONE.with(Identity.JOB, job)).run(path, artifact(text));
    }

    private static Artifact artifact(String text) {
        return new BytesArtifact("any", text.getBytes(StandardCharsets.UTF_8));
    }
}
