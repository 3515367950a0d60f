package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

import io.onedump.servers.Executables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WorkFolderTest {

    @TempDir
    private Path root;

    @Test
    void isGoneWithAllThatIsInItOnceItIsClosed() throws IOException {
        try (WorkFolder folder = WorkFolder.open(root.resolve("new/root"))) {
            Files.writeString(folder.newFile("shop.sql"), "x");
        }

        assertThat(root.resolve("new/root")).isDirectoryNotContaining("glob:**/run-*");
    }

    @Test
    void givesEveryFileANameOfItsOwn() throws IOException {
        try (WorkFolder folder = WorkFolder.open(root)) {
            Path one = folder.newFile("../odd/na me.sql");
            Path other = folder.newFile("../odd/na me.sql");

            assertThat(one).isNotEqualTo(other);
            assertThat(one.normalize().getParent()).isEqualTo(other.getParent());
            assertThat(one.getFileName()).asString().endsWith(".._odd_na_me.sql");
        }
    }

    @Test
    void sweepsWhatAKilledProcessLeftButNotWhatALiveOneHas() throws Exception {
        Process killed = Holder.start(root);
        Path abandoned = Holder.awaitFile(killed);
        Process alive = Holder.start(root);
        try {
            Path used = Holder.awaitFile(alive);
            killed.destroyForcibly();
            assertThat(killed.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(abandoned).exists();

            try (WorkFolder folder = WorkFolder.open(root); WorkFolder second = WorkFolder.open(root)) {
                assertThat(abandoned.getParent()).doesNotExist();
                assertThat(used).exists();
                assertThat(Files.createFile(folder.newFile("a"))).exists();
                assertThat(Files.createFile(second.newFile("a"))).exists();
            }
        } finally {
            alive.destroyForcibly();
        }
    }

    /** Looking at a lock file and closing it ends all of this process's own locks on it. */
    @Test
    void isNotSweptByAnotherProcessAfterThisOneHasOpenedASecond() throws Exception {
        try (WorkFolder first = WorkFolder.open(root); WorkFolder second = WorkFolder.open(root)) {
            Path used = Files.createFile(first.newFile("shop.sql"));
            Process other = Holder.start(root);
            try {
                assertThat(Holder.awaitFile(other)).exists();
                assertThat(used).exists();
            } finally {
                other.destroyForcibly();
            }
        }
    }

    @Test
    void saysWhichFolderCannotBeUsedAndHowToChooseAnother() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> WorkFolder.open(file)).isInstanceOf(IOException.class)
                .hasMessageContaining("work folder " + file).hasMessageContaining(WorkFolder.PROPERTY);
    }

    /** Whoever makes the folder first would have all dumps, and tell the dump programs what to do. */
    @Test
    void isNoFolderThatOthersCanPutFilesInto() throws IOException {
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> WorkFolder.open(open)).hasMessageContaining("writable to other users")
                .hasMessageContaining("chmod go-w " + open);
        assertThatThrownBy(() -> WorkFolder.open(open.resolve("below"))).hasMessageContaining("can be replaced")
                .hasMessageContaining("chmod go-w " + open);
    }

    @Test
    void isNoSymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectory(root.resolve("elsewhere")));

        assertThatThrownBy(() -> WorkFolder.open(link)).hasMessageContaining("symbolic link");
        assertThat(root.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void isNoFolderOfAnotherUser() throws IOException {
        Path theirs = Files.createDirectory(root.resolve("theirs"));
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a folder away");
        Files.setOwner(theirs, theirs.getFileSystem().getUserPrincipalLookupService()
                .lookupPrincipalByName("nobody"));

        assertThatThrownBy(() -> WorkFolder.open(theirs)).hasMessageContaining("belongs to nobody");
        assertThatThrownBy(() -> WorkFolder.open(theirs.resolve("below"))).hasMessageContaining("replaced by nobody");
    }

    @Test
    void isReadableByItsOwnerOnlyWithAllThatIsInIt() throws IOException {
        try (WorkFolder folder = WorkFolder.open(root.resolve("new/root"));
                Spool spool = new Spool("shop.sql", folder.newFile("shop.sql"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.file())))
                    .isEqualTo("rw-------");
            for (Path path = spool.file().getParent(); !path.equals(root); path = path.getParent()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
            }
        }
    }

    @Test
    void hasADefaultThatIsOfThisUserOnly() {
        assertThat(WorkFolder.defaultRoot()).asString().doesNotStartWith(System.getProperty("java.io.tmpdir") + "/one")
                .matches("/var/tmp/onedump-\\d+|.*/onedump");
    }

    /** A process that has a file in a work folder and waits. */
    static final class Holder {

        private Holder() {
        }

        static Process start(Path root) throws IOException {
            return new ProcessBuilder(Executables.ofJava("java"),
                    "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Holder.class.getName(),
                    root.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        }

        static Path awaitFile(Process process) throws IOException {
            return Path.of(new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
        }

        public static void main(String[] arguments) throws IOException {
            WorkFolder folder = WorkFolder.open(Path.of(arguments[0]));
            System.out.println(Files.writeString(folder.newFile("shop.sql"), "half a dump"));
            System.in.read();
        }
    }
}
