package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.ProducerFailedException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Lets things go wrong under a storage, one at a time. Whatever it is, a put either succeeds with exactly one intact
 * object, or it fails, with a {@link StorageException} unless the artifact's own source failed, and leaves none. What
 * trying again cures has to succeed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FaultPlans {

    static final Backoff QUICK = new Backoff(5, Duration.ofMillis(20), Duration.ofMillis(200));
    static final int CHUNK = StorageConformance.CHUNK;

    /**
     * At one place of each backend a server is silent for {@link #LONG_STALL}, at others shorter: tests should be
     * quick.
     */
    static final Duration LONG_STALL = Duration.ofSeconds(5);
    static final Duration STALL = Duration.ofMillis(500);
    /** Longer than any stall that is to be waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(6);

    private IOException failure;

    /**
     * Something that goes wrong.
     *
     * @param cured  whether trying again cures it, so that the put has to succeed
     * @param source makes the artifact from a sound one
     */
    record Plan(String name, long size, boolean cured, UnaryOperator<Artifact> source, Action prepare) {

        Plan(String name, long size, Action prepare) {
            this(name, size, UnaryOperator.identity(), prepare);
        }

        Plan(String name, long size, UnaryOperator<Artifact> source, Action prepare) {
            this(name, size, false, source, prepare);
        }

        Plan thatIsCured() {
            return new Plan(name, size, true, source, prepare);
        }
    }

    interface Action {
        void run() throws Exception;
    }

    abstract List<Plan> plans();

    abstract Storage open() throws Exception;

    abstract List<String> leftovers() throws Exception;

    /** Whether what was planned has happened: a fault that never came would prove nothing. */
    abstract boolean happened();

    /** Makes the server well again. */
    void heal() throws Exception {
    }

    @TestFactory
    Stream<DynamicTest> oneIntactObjectOrNone() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Plan plan : plans()) {
            tests.add(dynamicTest(plan.name(), () -> run(plan)));
        }
        return tests.stream();
    }

    private void run(Plan plan) throws Exception {
        String path = "faults/" + plan.name().replace('/', '_') + ".bin";
        Artifact artifact = new GeneratedArtifact("faulty.bin", plan.size());
        boolean stored;
        try (Storage storage = open()) {
            plan.prepare().run();
            stored = put(storage, path, plan.source().apply(artifact));
            if (plan.cured()) {
                assertThat(failure).as("what trying again cures").isNull();
            }
            assertThat(happened()).as("the fault has happened; the put failed with %s", failure).isTrue();
        } finally {
            heal();
        }
        try (Storage storage = open()) {
            List<String> found = storage.list("faults/").stream().map(StoredObject::path).toList();
            if (stored) {
                assertThat(found).containsExactly(path);
                try (InputStream in = storage.get(path, 0)) {
                    assertThat(Hasher.of(in)).isEqualTo(artifact.digest());
                }
                storage.delete(path);
            } else {
                assertThat(found).isEmpty();
            }
        }
        assertThat(leftovers()).isEmpty();
        FaultCount.all().add(getClass().getSimpleName(), stored);
    }

    private boolean put(Storage storage, String path, Artifact artifact) throws Exception {
        failure = null;
        try {
            storage.put(path, artifact);
            return true;
        } catch (StorageException | ProducerFailedException e) {
            failure = e;
            return false;
        }
    }

    /** Of the present plan's put; null when it succeeded. */
    final IOException failure() {
        return failure;
    }
}
