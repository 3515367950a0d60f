package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The pages say what is there, and what they say of options is what the components' catalog says. */
class DocsTest {

    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<artifactId>([^<]+)</artifactId>");
    private static final Pattern DEPENDENCIES =
            Pattern.compile("(?s)</dependencyManagement>.*?<dependencies>(.*?)</dependencies>");
    private static final Pattern EXCLUSIONS = Pattern.compile("(?s)<exclusions>.*?</exclusions>");
    private static final Pattern DEPENDENCY_ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    /** The kinds of generated parts: the components' options, the commands' help, the rooms. */
    private static final List<String> KINDS = List.of("options", "help", "rooms");
    private static final int README_LINES = 120;

    @Test
    void optionTablesAreThoseOfTheCatalog() {
        List<String> outdated = Repository.pages().stream()
                .flatMap(page -> page.outdated("options", OptionsTable::of).stream()).toList();
        assertThat(outdated).as("refresh them: mvn -q test -Dtest=DocsTest -Ddocs.update=true").isEmpty();
    }

    @Test
    void everyGeneratedPartIsWrittenByATest() {
        List<String> forgotten = new ArrayList<>();
        for (Page page : Repository.pages()) {
            List<String> parts = KINDS.stream().flatMap(kind -> page.generated(kind).stream()).toList();
            if (parts.size() != page.markers()) {
                forgotten.add(page.file().getFileName() + ": " + page.markers() + " begin, known are " + parts);
            }
            page.emptyParts().forEach(part -> forgotten.add(page.file().getFileName() + ": empty: " + part));
        }
        assertThat(forgotten).isEmpty();
    }

    @Test
    void everyComponentHasItsTable() throws IOException {
        List<String> documented =
                Repository.pages().stream().flatMap(page -> page.generated("options").stream()).toList();
        try (Stream<Path> catalog = Files.list(Repository.file("src/generated/resources/META-INF/io/onedump"))) {
            assertThat(documented).containsAll(catalog.map(folder -> folder.getFileName().toString()).toList());
        }
    }

    @Test
    void whatPagesLinkToExists() {
        List<String> broken = new ArrayList<>();
        for (Page page : Repository.pages()) {
            for (String link : page.localLinks()) {
                String path = link.replaceFirst("#.*", "");
                if (!path.isEmpty() && !Files.exists(page.file().resolveSibling(path))) {
                    broken.add(page.file().getFileName() + ": " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void readmeIsShort() {
        assertThat(Page.of("README.md").text().lines()).hasSizeLessThan(README_LINES);
    }

    @Test
    void everyDirectDependencyIsExplained() throws IOException {
        var dependencies = DEPENDENCIES.matcher(Files.readString(Repository.file("pom.xml")));
        assertThat(dependencies.find()).isTrue();
        String direct = EXCLUSIONS.matcher(dependencies.group(1)).replaceAll("");
        Set<String> used =
                DEPENDENCY.matcher(direct).results().map(match -> match.group(1)).collect(Collectors.toSet());
        List<String> explained = DEPENDENCY_ROW.matcher(Page.of("docs/dependencies.md").text()).results()
                .map(match -> match.group(1)).toList();
        assertThat(explained).containsExactlyInAnyOrderElementsOf(used);
    }
}
