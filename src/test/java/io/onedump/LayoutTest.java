package io.onedump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.docs.Repository;
import org.junit.jupiter.api.Test;

/** What holds for every file of the repository. */
class LayoutTest {

    private static final Set<String> NOT_OURS = Set.of(".git", "target", "work", ".idea", ".vscode", "cache");

    /** What works on one machine only: a home folder, a place that artifacts are downloaded from. */
    private static final Pattern ONE_MACHINE = Pattern.compile(
            "/home/[a-z]|/root/|/Users/|"
                    + "(?:repo1?|central|oss|nexus|artifactory)[.-][a-z.-]*(?:maven|sonatype|artifactory)");

    private static final Pattern MERGE_MARKER = Pattern.compile("(?m)^(?:<{7}|>{7}|[|]{7}|={7})(?: .*)?\\r?$");

    private static final int LONGEST_LINE = 120;

    private static final Set<String> PACKAGES_WITHOUT_MEANING =
            Set.of("util", "utils", "common", "helper", "helpers", "impl");

    @Test
    void noFileBelongsToOneMachine() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            Matcher matcher = ONE_MACHINE.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            if (!file.endsWith("LayoutTest.java") && matcher.find()) {
                found.add(file + ": " + matcher.group());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noMergeWasLeftHalfDone() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            MERGE_MARKER.matcher(text).results().forEach(marker -> found.add(file + ": " + marker.group()));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noLineOfJavaIsLongerThanTheFormatterMakesThem() throws IOException {
        Path generated = Repository.file("src/generated");
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".java") && !file.startsWith(generated)) {
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).codePointCount(0, lines.get(i).length()) > LONGEST_LINE) {
                        found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void packagesAreNamedAfterWhatTheyAreAbout() throws IOException {
        try (Stream<Path> folders = Files.walk(Repository.file("src/main/java"))) {
            assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
                    .doesNotContainAnyElementsOf(PACKAGES_WITHOUT_MEANING);
        }
    }

    private static List<Path> files() throws IOException {
        Path root = Repository.file("");
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).filter(path -> {
                for (Path element : root.relativize(path)) {
                    if (NOT_OURS.contains(element.toString())) {
                        return false;
                    }
                }
                return true;
            }).toList();
        }
    }
}
