package io.onedump.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import io.onedump.artifact.BytesArtifact;
import io.onedump.storage.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileModeTest {

    @TempDir
    private Path root;

    @Test
    void letsOnlyTheOwnerReadWhatIsStored() throws Exception {
        put(FileMode.DEFAULT);

        assertThat(mode("new")).isEqualTo("rwx------");
        assertThat(mode("new/shop.sql")).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @CsvSource({"640, rw-r-----, rwxr-x---", "rw-rw-r--, rw-rw-r--, rwxrwxr-x", "0600, rw-------, rwx------"})
    void letsOthersReadItWhateverTheUmask(String option, String file, String folder) throws Exception {
        put(FileMode.parse(option));

        assertThat(mode("new/shop.sql")).isEqualTo(file);
        assertThat(mode("new")).isEqualTo(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6", "888", "400", "rw", "-w-------", "u=rw"})
    void isRefusedWhenItIsNone(String option) {
        assertThatThrownBy(() -> FileMode.parse(option)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option fileMode: ");
    }

    private void put(FileMode mode) throws Exception {
        new FileStorage(root, Verify.AUTO, new FolderSweep(), mode).put("new/shop.sql",
                new BytesArtifact("shop.sql", "x".getBytes(StandardCharsets.UTF_8)));
    }

    private String mode(String path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
    }
}
