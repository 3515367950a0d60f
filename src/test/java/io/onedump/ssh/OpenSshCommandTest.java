package io.onedump.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSshCommandTest {

    /** Neither the user's own known hosts nor the machine's count beside the file that is named. */
    @Test
    void trustsTheNamedKnownHostsOnly(@TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("id"), "x");
        Path known = Files.writeString(folder.resolve("known"), "");
        SshSettings settings =
                new SshSettings("nas", 22, "u", null, key.toString(), null, known.toString(), null);

        assertThat(OpenSshCommand.of(settings)).hasValueSatisfying(command -> assertThat(
                command.command("true", List.of()).command())
                .contains("UserKnownHostsFile=\"" + known + "\"", "GlobalKnownHostsFile=/dev/null",
                        "StrictHostKeyChecking=yes", "UpdateHostKeys=no")
                .noneMatch(word -> word.contains(".ssh/known_hosts")));
    }
}
