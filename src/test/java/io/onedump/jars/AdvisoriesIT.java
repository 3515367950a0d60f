package io.onedump.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No version that the build resolves has a published fault that nobody has looked at:
 * {@code mvn verify -Padvisories -Dadvisories.url=<address of the service>}. It fails when the service could not be
 * asked.
 */
@Tag("advisories")
class AdvisoriesIT {

    @Test
    void noVersionHasAPublishedFault() throws Exception {
        String service = System.getProperty("onedump.test.advisories.url", "");
        assertThat(service).as("could not ask: no service is named; add -Dadvisories.url=<address of its querybatch>")
                .isNotBlank();
        List<String> accepted =
                Stream.of(System.getProperty("onedump.test.advisories.accepted", "").split(",")).toList();
        List<String> artifacts =
                Advisories.artifacts(Files.readAllLines(Path.of(System.getProperty("onedump.test.advisories.list"))));

        List<String> faults = new Advisories(URI.create(service)).of(artifacts).entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().filter(id -> !accepted.contains(id))
                        .map(id -> entry.getKey() + " has " + id))
                .toList();

        assertThat(faults).as("%d versions asked about", artifacts.size()).isEmpty();
    }
}
