package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Hasher;

/**
 * Two puts of one name, each with a connection of its own, which both have looked at what is there before either
 * stores.
 *
 * @param replaces whether the name has an artifact of the same job before
 */
record RacingPuts(Callable<Storage> storages, boolean replaces) {

    private static final Owner OWNER = new Owner("shop", null);
    private static final Identity IDENTITY = Identity.NONE.with(Identity.JOB, "shop");

    /** One of them fails because of the other, whose bytes are there with their own sidecar, and nothing else. */
    void run(String path, long size) throws Exception {
        if (replaces) {
            try (Storage storage = open()) {
                new Put(this::open, storage, OWNER, IDENTITY).run(path, new BytesArtifact("old", new byte[3]));
            }
        }
        CyclicBarrier looked = new CyclicBarrier(2);
        List<Artifact> artifacts =
                List.of(new GeneratedArtifact("a " + path, size), new GeneratedArtifact("b " + path, size));
        List<CompletableFuture<Receipt>> puts = artifacts.stream()
                .map(artifact -> CompletableFuture.supplyAsync(() -> put(path, artifact, looked))).toList();
        List<Artifact> stored = new ArrayList<>();
        for (int i = 0; i < puts.size(); i++) {
            try {
                puts.get(i).get(1, TimeUnit.MINUTES);
                stored.add(artifacts.get(i));
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isExactlyInstanceOf(StoredMeanwhileException.class)
                        .hasMessageContaining(path + " was stored by another process while this one ran");
            }
        }
        assertThat(stored).as("what was stored as " + path).hasSize(1);
        try (Storage storage = open()) {
            assertThat(Hasher.of(storage.get(path, 0))).isEqualTo(stored.get(0).digest());
            assertThat(new Sidecars(storage).find(path)).get().extracting(Sidecar::sha256)
                    .isEqualTo(stored.get(0).digest().sha256());
            assertThat(storage.list(path)).extracting(StoredObject::path).containsExactlyInAnyOrder(path,
                    Sidecar.path(path));
        }
    }

    private Receipt put(String path, Artifact artifact, CyclicBarrier looked) {
        try (Storage own = open()) {
            return new Put(this::open, new WaitingStorage(own, path, looked), OWNER, IDENTITY).run(path, artifact);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Storage open() throws IOException {
        try {
            return storages.call();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
