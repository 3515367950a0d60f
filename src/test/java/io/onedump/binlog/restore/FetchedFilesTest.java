package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a restore holds what the server logged, and the password of the target. */
class FetchedFilesTest {

    @TempDir
    private Path folder;

    @Test
    void haveAFolderThatOnlyThisUserMayEnter() throws IOException {
        try (FetchedFiles files = new FetchedFiles(null, folder.resolve("new/work"))) {
            assertThat(files.folder().getParent()).isEqualTo(folder.toRealPath().resolve("new/work"));
            for (Path path = files.folder(); !path.equals(folder.toRealPath()); path = path.getParent()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rwx------");
            }
        }
    }

    @Test
    void haveNoFolderThatOthersCanReplace() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> new FetchedFiles(null, open)).hasMessageContaining("can be replaced by others");
    }

    /** With what is in it: the log, and the password in a client's options. */
    @Test
    void removeTheFolderOfARestoreThatWasKilled() throws IOException {
        Path left = Files.createDirectories(folder.resolve("restore-left/plugins"));
        Files.createFile(left.resolveSibling(".claim"));
        Files.createFile(left.resolveSibling("client.cnf"));
        try (FetchedFiles working = new FetchedFiles(null, folder); FetchedFiles next = new FetchedFiles(null,
                folder)) {
            assertThat(left.getParent()).doesNotExist();
            assertThat(working.folder()).isDirectory();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
