package io.onedump.artifact.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.onedump.artifact.Threads;
import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(60)
class ProcessSourceTest {

    @TempDir
    private Path folder;

    private static final Completion DUMP = new Completion("-- Dump completed",
            Pattern.compile("(?s).*-- Dump completed[^\\n]*\\s*"), Pattern.compile("^Error: "));

    private final AtomicInteger closedResources = new AtomicInteger();
    private StubDumper dumper;

    @BeforeEach
    void make() {
        dumper = StubDumper.in(folder);
    }

    @Test
    void isWholeWhenItEndsWellAndWithItsTrailer() throws IOException {
        dumper.prints("INSERT INTO t VALUES (1);\n").prints(StubDumper.MYSQL_TRAILER);

        try (ProcessSource source = start(DUMP)) {
            assertThat(source.stream().readAllBytes()).asString().startsWith("INSERT INTO")
                    .endsWith(StubDumper.MYSQL_TRAILER);
            source.complete();
        }
        assertThat(closedResources).hasValue(1);
    }

    @Test
    void failsWithTheExitCodeAndWhatWasSaidOnStandardError() {
        dumper.prints("half").prints(StubDumper.MYSQL_TRAILER).complains("mysqldump: Error 2013").exits(3);

        assertThatThrownBy(this::run).isInstanceOf(Failed.class)
                .hasMessage("dump shop: " + dumper.path() + " ended with exit code 3: mysqldump: Error 2013");
    }

    @Test
    void failsWithoutATrailer() {
        dumper.prints("INSERT INTO t VALUES (1);\n");

        assertThatThrownBy(this::run).isInstanceOf(Failed.class).hasMessageContaining("'-- Dump completed'")
                .hasMessageContaining("not whole");
    }

    @Test
    void failsWhenNothingWasPrinted() {
        dumper.complains("nothing to dump");

        assertThatThrownBy(this::run).isInstanceOf(Failed.class).hasMessageContaining("printed nothing")
                .hasMessageContaining("nothing to dump");
    }

    /** What mysqldump 9.7 does with --set-gtid-purged=COMMENTED and a server without GTIDs. */
    @Test
    void failsWhenAnErrorWasReportedInSpiteOfExitCodeAndTrailer() {
        dumper.prints("-- MySQL dump 10.13\n").complains("Error: Server has GTIDs disabled.")
                .prints(StubDumper.MYSQL_TRAILER);

        assertThatThrownBy(this::run).isInstanceOf(Failed.class).hasMessageContaining("reported an error")
                .hasMessageContaining("Server has GTIDs disabled");
    }

    @Test
    void failsWhenTheDumperIsKilled() {
        dumper.prints("half").then("kill -9 $$");

        assertThatThrownBy(this::run).isInstanceOf(Failed.class).hasMessageContaining("exit code 137");
    }

    @Test
    void takesOtherExitCodesForSuccessWhereTheyAreAllowed() throws IOException {
        dumper.prints("x").exits(1);

        run(command(Completion.EXIT_CODE, Set.of(0, 1), Duration.ZERO, Duration.ZERO));
    }

    @Test
    void neverPassesOnAPassword() {
        dumper.complains("connecting with " + "x".repeat(970) + "s3cret-s3cret and").complains("s3cret-s3cret")
                .exits(1);

        assertThatThrownBy(this::run).isInstanceOf(Failed.class).satisfies(
                e -> assertThat(e.getMessage()).contains("xxxxxx").doesNotContain("s3cret"));
    }

    /** Nothing ends a line that a broken program prints for ever. */
    @Test
    void keepsNoMoreThanABeginningOfALineWithoutEnd() {
        dumper.then("head -c 100000000 /dev/zero | tr '\\0' x >&2").complains("s3cret-s3cret").exits(1);

        assertThatThrownBy(this::run).satisfies(e -> assertThat(e.getMessage()).contains("xxxx")
                .doesNotContain("s3cret").hasSizeLessThan(2000));
    }

    /** The environment of this process holds the secrets of every job. */
    @Test
    void getsNoMoreOfTheEnvironmentThanEveryProgramNeeds() throws IOException {
        dumper.then("cat");
        Command command = Command.of("dump shop", List.of(dumper.path().toString()), Failed::new);

        try (ProcessSource source =
                ProcessSource.start(Threads.daemons(), command, new ByteArrayInputStream("input".getBytes()))) {
            source.stream().readAllBytes();
            source.complete();
        }
        assertThat(dumper.environment()).anyMatch(variable -> variable.startsWith("PATH="))
                .allMatch(variable -> variable.matches("(?s)(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_.*|TZ|TZDIR"
                        + "|TMPDIR|LD_LIBRARY_PATH|KRB5.*|XDG_.*|PWD|OLDPWD|SHLVL|_)=.*|[^=]*"));
    }

    @Test
    void keepsOnlyTheLastLinesOfStandardError() {
        dumper.then("for i in $(seq 100000); do echo \"warning $i.\"; done >&2").exits(1);

        assertThatThrownBy(this::run).satisfies(e -> assertThat(e.getMessage()).contains("warning 100000.")
                .doesNotContain("warning 99000.").hasSizeLessThan(2000));
    }

    @Test
    void stopsWithItsChildrenWhenItRunsTooLong() {
        dumper.prints("half").then("sleep 1000 & echo $! >> \"$notes/pids\"").sleeps(Duration.ofSeconds(1000));

        assertThatThrownBy(() -> run(command(DUMP, Set.of(0), Duration.ofSeconds(1), Duration.ZERO)))
                .isInstanceOf(Failed.class).hasMessageContaining("longer than its timeout of PT1S");

        assertEverythingEnded();
    }

    @Test
    void stopsWhenItPrintsNothingForTooLong() {
        dumper.prints("half").sleeps(Duration.ofSeconds(1000));

        assertThatThrownBy(() -> run(command(DUMP, Set.of(0), Duration.ZERO, Duration.ofSeconds(1))))
                .isInstanceOf(Failed.class).hasMessageContaining("nothing for its stallTimeout of PT1S");

        assertEverythingEnded();
    }

    /** A storage that cannot keep up is not the dumper's fault. */
    @Test
    void doesNotTakeASlowReaderForASilentDumper() throws IOException {
        dumper.printsInserts(200_000).prints(StubDumper.MYSQL_TRAILER);
        long started = System.nanoTime();

        try (ProcessSource source = ProcessSource.start(Threads.daemons(),
                command(DUMP, Set.of(0), Duration.ZERO, Duration.ofMillis(500)), null)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> System.nanoTime() - started > Duration.ofSeconds(3).toNanos());
            source.stream().readAllBytes();
            source.complete();
        }
    }

    @Test
    void endsWithItsChildrenWhenItIsClosed() throws IOException {
        dumper.then("sleep 1000 & echo $! >> \"$notes/pids\"").then("while :; do echo x; done");
        ProcessSource source = start(DUMP);
        source.stream().readNBytes(100);

        source.close();
        source.close();

        assertEverythingEnded();
        assertThat(closedResources).hasValue(1);
    }

    @Test
    void isKilledWhenItDoesNotListen() throws IOException {
        dumper.ignoresTermination().prints("half").then("while :; do sleep 0.1; done");
        ProcessSource source = start(DUMP);
        source.stream().readNBytes(4);

        source.close();

        assertEverythingEnded();
    }

    @Test
    void leavesNoDescriptorsBehind() throws IOException {
        dumper.prints("x\n").prints(StubDumper.MYSQL_TRAILER);
        run();
        long before = descriptors();

        for (int i = 0; i < 10; i++) {
            run();
        }

        await().untilAsserted(() -> assertThat(descriptors()).isLessThan(before + 10));
        assertEverythingEnded();
    }

    @Test
    void givesTheDumperItsInputAndEnvironment() throws IOException {
        dumper.then("cat");
        Command command = Command.of("dump shop", List.of(dumper.path().toString()), Failed::new).in(folder)
                .withEnvironment(ChildEnvironment.of(List.of(), Map.of("GREETING", "hello", "HOME", "")));

        try (ProcessSource source =
                ProcessSource.start(Threads.daemons(), command, new ByteArrayInputStream("input".getBytes()))) {
            assertThat(source.stream().readAllBytes()).asString().isEqualTo("input");
            source.complete();
        }
        assertThat(dumper.environment()).contains("GREETING=hello", "PWD=" + folder)
                .noneMatch(variable -> variable.startsWith("HOME="));
    }

    @Test
    void saysWhenTheDumperCannotBeStartedAndCleansUp() {
        Path missing = folder.resolve("missing");
        Command command = Command.of("dump shop", List.of(missing.toString()), Failed::new)
                .closing(List.of(closedResources::incrementAndGet));

        assertThatThrownBy(() -> ProcessSource.start(Threads.daemons(), command, null)).isInstanceOf(Failed.class)
                .hasMessageContaining("cannot start " + missing).hasMessageContaining("install it");
        assertThat(closedResources).hasValue(1);
    }

    private void run() throws IOException {
        run(command(DUMP, Set.of(0), Duration.ZERO, Duration.ZERO));
    }

    private static void run(Command command) throws IOException {
        try (ProcessSource source = ProcessSource.start(Threads.daemons(), command, null)) {
            source.stream().readAllBytes();
            source.complete();
        }
    }

    private ProcessSource start(Completion completion) throws IOException {
        return ProcessSource.start(Threads.daemons(), command(completion, Set.of(0), Duration.ZERO, Duration.ZERO),
                null);
    }

    private Command command(Completion completion, Set<Integer> exitCodes, Duration timeout, Duration stallTimeout) {
        Closeable resource = closedResources::incrementAndGet;
        return Command.of("dump shop", List.of(dumper.path().toString()), Failed::new)
                .endingWith(exitCodes, completion).within(timeout, stallTimeout).hiding(List.of("s3cret-s3cret"))
                .closing(List.of(resource));
    }

    private static final class Failed extends IOException {

        private static final long serialVersionUID = 1L;

        Failed(String what, String said) {
            super(what + (said.isEmpty() ? "" : ": " + said));
        }
    }

    private void assertEverythingEnded() {
        assertThat(dumper.pids()).isNotEmpty();
        await().until(() -> dumper.pids().stream()
                .noneMatch(pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()));
    }

    private static long descriptors() throws IOException {
        try (var entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        }
    }
}
