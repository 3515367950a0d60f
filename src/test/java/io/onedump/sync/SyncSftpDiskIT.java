package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.onedump.servers.Sshd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing gets its name before the SFTP server has it on its disk. What the server does is read from its log. */
class SyncSftpDiskIT {

    /** Files for which one command writes them to the disk. */
    private static final int MANY = 500;
    /** Of a file that is sent in blocks. */
    private static final int LARGE = 12 << 20;

    private Path folder;
    private List<String> log;
    private FileTree source;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        this.folder = folder;
        source = FileTree.in(folder.resolve("source"));
    }

    @Test
    void hasTheServerWriteEachOfAFewFiles() throws IOException {
        source.write("film", LARGE).write("small", 10);
        send("exec");
        assertThat(log).doesNotContain("run sync");
        for (String name : source.paths()) {
            assertWrittenAloneBeforeItGetsItsName(steps(name));
        }
    }

    @Test
    void hasTheServerWriteManyFilesAtOnceBeforeTheyAreCompared() throws IOException {
        writeMany();
        send("exec");
        assertThat(log).noneMatch(line -> line.startsWith("fsync "));
        for (String name : source.paths()) {
            List<String> steps = steps(name);
            List<String> sinceItArrived = steps.subList(last(steps, "close "), last(steps, "posix-rename "));
            assertThat(sinceItArrived).as(name).containsSubsequence("run sync", "run sha256sum");
        }
    }

    @Test
    void hasTheServerWriteEachOfManyWhereTheShellCannot() throws IOException {
        writeMany();
        send("false");
        assertThat(log).contains("run sync");
        for (String name : source.paths()) {
            assertWrittenAloneBeforeItGetsItsName(steps(name));
        }
    }

    @Test
    void sendsAgainWhatTheShellCouldNotWriteAfterAll() throws IOException {
        writeMany();
        send("[ $(grep -c 'run sync' " + logFile() + ") = 1 ] && exec");
        for (String name : source.paths()) {
            assertWrittenAloneBeforeItGetsItsName(steps(name));
        }
    }

    private void writeMany() throws IOException {
        for (int i = 0; i < MANY; i++) {
            source.write("file-" + i, 10);
        }
    }

    /** @param how with which command the server's shell runs {@code sync} */
    private void send(String how) throws IOException {
        Path commands = Files.createDirectory(folder.resolve("commands"));
        command(commands, "sync", how);
        command(commands, "sha256sum", "exec");
        try (Sshd server = Sshd.startWithSubsystem(Sshd.SFTP_SERVER + " -e -l VERBOSE 2>>" + logFile(),
                "SetEnv PATH=" + commands + ":/usr/bin:/bin")) {
            FileTree target = new FileTree(server.workFolder());
            String uri = "sftp:" + server.user() + "@" + server.host() + ":" + server.port() + "/" + target.root()
                    + "?privateKeyFile=" + server.key().file() + "&knownHostsFile=" + server.knownHosts();
            SyncResult result = new SyncRun(source.root(), uri, folder.resolve("sync.db"), "").run();
            assertThat(result).returns(source.paths().size(), SyncResult::sent).returns(true, SyncResult::ok);
            target.assertSameAs(source);
        }
        log = Files.readAllLines(logFile());
    }

    private Path logFile() {
        return folder.resolve("sftp.log");
    }

    private void command(Path commands, String name, String how) throws IOException {
        Path script = Files.writeString(commands.resolve(name),
                "#!/bin/sh\necho run " + name + " >> " + logFile() + "\n" + how + " /usr/bin/" + name + " \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What the server did with the file and, in between, the commands that its shell ran. */
    private List<String> steps(String name) {
        return log.stream().filter(line -> line.contains("/." + name + ".") || line.startsWith("run ")).toList();
    }

    private static void assertWrittenAloneBeforeItGetsItsName(List<String> steps) {
        assertThat(last(steps, "fsync ")).as(steps::toString).isGreaterThan(last(steps, "open "))
                .isLessThan(last(steps, "posix-rename "));
    }

    private static int last(List<String> lines, String start) {
        int found = -1;
        for (int i = 0; i < lines.size(); i++) {
            found = lines.get(i).startsWith(start) ? i : found;
        }
        return found;
    }
}
