package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.OptionalLibrary;
import org.junit.jupiter.api.Test;

/** Who follows a message's advice to add a jar finds one of that name, in the version of Camel that is built with. */
class ComponentJarsTest {

    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");
    private static final Pattern NAME = Pattern.compile("\\bcamel-[a-z0-9-]*[a-z0-9]");
    /** Names of other things. */
    private static final Set<String> OTHERS = Set.of("camel-application", "camel-main-configuration-metadata");

    @Test
    void everyJarThatAMissingComponentIsAdvisedForIsOneOfCamels() {
        assertThat(artifacts("target/camel/camel-bom.pom")).hasSizeGreaterThan(300)
                .containsAll(ComponentJars.names());
    }

    @Test
    void everyJarOfCamelThatAMessageOrAPageNamesExists() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Stream.of("src/main/java", "docs", "README.md").map(Path::of)
                .flatMap(ComponentJarsTest::files)) {
            files.forEach(file -> NAME.matcher(read(file)).results().forEach(name -> named.add(name.group())));
        }
        named.removeAll(OTHERS);

        assertThat(named).isNotEmpty();
        assertThat(artifacts("target/camel/camel-bom.pom")).containsAll(named);
    }

    @Test
    void everyLibraryThatAnOptionNeedsIsAmongTheDependencies() {
        for (OptionalLibrary library : OptionalLibrary.values()) {
            String[] names = library.coordinates().split(":");
            assertThat(read(Path.of("pom.xml"))).containsPattern("<groupId>" + Pattern.quote(names[0])
                    + "</groupId>\\s*<artifactId>" + Pattern.quote(names[1]) + "</artifactId>");
        }
    }

    private static Set<String> artifacts(String pom) {
        Set<String> artifacts = new TreeSet<>();
        ARTIFACT.matcher(read(Path.of(pom))).results().forEach(artifact -> artifacts.add(artifact.group(1)));
        return artifacts;
    }

    private static Stream<Path> files(Path place) {
        try {
            return Files.walk(place).filter(file -> file.toString().matches(".*\\.(java|md)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
