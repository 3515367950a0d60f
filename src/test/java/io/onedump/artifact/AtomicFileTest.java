package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    private static final byte[] OLD = "old".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void isMadeAndReplacedAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("state");
        AtomicFile.write(file, OLD);
        AtomicFile.write(file, NEW);

        assertThat(file).hasBinaryContent(NEW);
        assertThat(folder).isDirectoryContaining(file::equals);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void isItsOwnersAloneWhenItIsPrivate() throws IOException {
        Path file = folder.resolve("secret");
        AtomicFile.writePrivate(file, NEW);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void staysWhatItWasWhenItCannotBeReplaced() throws IOException {
        Path file = Files.createDirectory(folder.resolve("state"));
        Files.write(file.resolve("inside"), OLD);

        assertThatThrownBy(() -> AtomicFile.write(file, NEW)).isInstanceOf(IOException.class);
        assertThat(file.resolve("inside")).exists();
        assertThat(folder.toFile().list()).containsExactly("state");
    }

    @Test
    void takesAwayWhatAKilledProcessHasLeft() throws IOException {
        Path file = folder.resolve("state");
        Path left = Files.write(folder.resolve(".state.0a1b2c3d.new"), OLD);
        Path another = Files.write(folder.resolve(".states.0a1b2c3d.new"), OLD);
        Path inUse = Files.write(folder.resolve(".state.12345678.new"), OLD);
        FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(left, before);
        Files.setLastModifiedTime(another, before);

        AtomicFile.write(file, NEW);

        assertThat(left).doesNotExist();
        assertThat(another).exists();
        assertThat(inUse).exists();
    }

    @Test
    void replacesWhatASymbolicLinkPointsTo() throws IOException {
        Path file = Files.write(folder.resolve("state"), OLD);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, NEW);

        assertThat(link).isSymbolicLink();
        assertThat(file).hasBinaryContent(NEW);
    }
}
