package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.onedump.servers.Executables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClaimTest {

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("claimed");
    }

    @Test
    void isForOneAtATime() throws IOException {
        try (FileClaim claim = FileClaim.tryClaim(file).orElseThrow()) {
            assertThat(FileClaim.tryClaim(file)).isEmpty();
            assertThat(FileClaim.tryClaim(folder.resolve("../" + folder.getFileName() + "/claimed"))).isEmpty();
        }
        FileClaim.tryClaim(file).orElseThrow().close();
    }

    /** The system takes all locks of a process from a file that it closes anywhere. */
    @Test
    void staysWhenTheSameProcessAsksForTheFileAgain() throws Exception {
        try (FileClaim claim = FileClaim.tryClaim(file).orElseThrow()) {
            FileClaim.isAbandoned(file);
            FileClaim.tryClaim(file);
            FileClaim.deleteIfAbandoned(file);

            assertThat(inAnotherProcess("try")).isEqualTo("taken");
        }
        assertThat(inAnotherProcess("try")).isEqualTo("free");
    }

    @Test
    void isAbandonedWhenItsProcessWasKilled() throws Exception {
        Process other = start("hold");
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThat(FileClaim.isAbandoned(file)).isFalse();
            assertThat(FileClaim.tryClaim(file)).isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
        assertThat(FileClaim.isAbandoned(file)).isTrue();
        assertThat(file).exists();
        FileClaim.deleteIfAbandoned(file);
        assertThat(file).doesNotExist();
    }

    @Test
    void isNotAbandonedWhereThereIsNoFile() {
        assertThat(FileClaim.isAbandoned(file)).isFalse();
        assertThat(FileClaim.isAbandoned(folder.resolve("none/claimed"))).isFalse();
    }

    @Test
    void isWaitedForInTheSameProcess() throws Exception {
        FileClaim first = FileClaim.tryClaim(file).orElseThrow();
        AtomicBoolean waits = new AtomicBoolean();
        CompletableFuture<FileClaim> second =
                Threads.daemons().call("claim", () -> FileClaim.await(file, () -> waits.set(true)));
        await().untilTrue(waits);

        assertThat(second).isNotDone();
        first.close();
        first.close();
        second.get().close();
    }

    @Test
    void isWaitedForInAnotherProcess() throws Exception {
        Process other = start("hold");
        AtomicBoolean waits = new AtomicBoolean();
        CompletableFuture<FileClaim> second;
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            second = Threads.daemons().call("claim", () -> FileClaim.await(file, () -> waits.set(true)));
            await().untilTrue(waits);
            assertThat(second).isNotDone();
        } finally {
            other.destroyForcibly().waitFor();
        }
        second.get().close();
    }

    @Test
    void isNotWaitedForByOneWhoIsInterrupted() throws Exception {
        try (FileClaim first = FileClaim.tryClaim(file).orElseThrow()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> FileClaim.await(file, () -> {
            })).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void isFreeAgainWhenItsHolderWasInterruptedWhileWriting() throws Exception {
        try (FileClaim claim = FileClaim.create(file)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> claim.channel().write(java.nio.ByteBuffer.allocate(1)))
                    .isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        FileClaim.tryClaim(file).orElseThrow().close();
    }

    @Test
    void ofANewFileRefusesOneThatIsThere() throws IOException {
        FileClaim.create(file).close();

        assertThatThrownBy(() -> FileClaim.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        FileClaim.tryClaim(file).orElseThrow().close();
    }

    private String inAnotherProcess(String what) throws Exception {
        Process process = start(what);
        String answer = process.inputReader().readLine();
        process.waitFor();
        return answer;
    }

    private Process start(String what) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(Executables.ofJava("java"), "-cp",
                classes, ClaimingProcess.class.getName(), what, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (OutputStream none = "hold".equals(what) ? OutputStream.nullOutputStream() : process.getOutputStream()) {
            return process;
        }
    }

    /** Tries a claim, or holds one until it is killed. */
    static final class ClaimingProcess {

        private ClaimingProcess() {
        }

        public static void main(String[] args) throws Exception {
            var claim = FileClaim.tryClaim(Path.of(args[1]));
            if ("try".equals(args[0])) {
                System.out.println(claim.isPresent() ? "free" : "taken");
            } else {
                System.out.println("held");
                System.in.read();
            }
        }
    }
}
