package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code onedump sync} without a job, as a process. */
class SyncCommandIT {

    /** Takes from root what lets it read and write everything; others have no such power. */
    static final String[] WITHOUT_POWER = System.getProperty("user.name").equals("root")
            ? new String[] {"setpriv", "--bounding-set=-dac_override,-dac_read_search"}
            : new String[0];

    @TempDir
    private Path folder;

    private Path source;
    private Path target;

    @BeforeEach
    void makeFolders() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        target = folder.resolve("target");
    }

    private Invocation sync(String to, String... more) {
        return Invocation.of(folder, "sync", "--source", source.toString(), "--to", to, "--state",
                folder.resolve("sync.db").toString()).with(more);
    }

    @Test
    void listsWhatItCannotReadSendsTheRestAndDeletesNothing() throws IOException {
        Files.writeString(source.resolve("good"), "content");
        Files.writeString(Files.createDirectory(source.resolve("gone")).resolve("file"), "content");
        assertThat(sync("file:" + target).run().exitCode()).isZero();
        Files.writeString(source.resolve("new"), "content");
        Files.setPosixFilePermissions(Files.writeString(source.resolve("secret"), "content"),
                PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(source.resolve("gone"), PosixFilePermissions.fromString("---------"));
        Outcome outcome = sync("file:" + target, "--delete").through(WITHOUT_POWER).run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isEqualTo(3);
        assertThat(outcome.output()).contains("sent 1 of 3 files", "secret: ", "permission denied", "failed gone:"
                + " permission denied",
                "refused to delete");
        assertThat(Workspace.files(target)).containsExactly("gone/file", "good", "new");
        Files.setPosixFilePermissions(source.resolve("gone"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void twoProcessesSendAFileOnce() throws Exception {
        Files.write(source.resolve("large"), new byte[32 << 20]);
        try (Sshd server = Sshd.start()) {
            List<RunningCommand> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(
                        sync(server.workFolder().toString(), ssh(server, server.port(), server.knownHosts())).start());
            }
            List<String> outputs = new ArrayList<>();
            for (RunningCommand command : running) {
                try (command) {
                    Outcome outcome = command.await();
                    assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
                    outputs.add(outcome.output());
                }
            }
            assertThat(outputs).anyMatch(output -> output.contains("sent 1 of 1"))
                    .anyMatch(output -> output.contains("1 unchanged"));
            assertThat(Files.mismatch(source.resolve("large"), server.workFolder().resolve("large"))).isEqualTo(-1);
            assertThat(Workspace.files(server.workFolder())).containsExactly("large");
        }
    }

    @Test
    void showsProgressOnATerminalOnly() throws IOException {
        Files.write(source.resolve("film"), new byte[6 << 20]);
        try (Sshd server = Sshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.upload().bandwidth(3 << 20);
            Path known = Files.writeString(folder.resolve("known_hosts"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            Outcome onTerminal =
                    sync(server.workFolder().toString(), ssh(server, proxy.port(), known)).onTerminal().run();
            assertThat(onTerminal.output()).contains("0 of 1 files, ", "/s", "; film ", " %").contains("sent 1 of 1"
                    + " files");
            Files.delete(server.workFolder().resolve("film"));
            Outcome onPipe = sync(server.workFolder().toString(), ssh(server, proxy.port(), known)).run();
            assertThat(onPipe.everything()).contains("sent 1 of 1 files").doesNotContain("0 of 1"
                    + " files,").doesNotContain("\r");
        }
    }

    private static String[] ssh(Sshd server, int port, Path knownHosts) {
        return new String[] {"--ssh-host", server.host() + ":" + port, "--ssh-user", server.user(), "--ssh-key",
                server.key().file().toString(), "--ssh-known-hosts", knownHosts.toString()};
    }
}
