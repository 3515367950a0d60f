package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFilesTest {

    @TempDir
    private Path folder;

    @Test
    void areAllYamlFilesOfAFolderInTheOrderOfTheirNames() throws IOException {
        for (String name : new String[] {"b.camel.yaml", "a.yml", "c.yaml", ".hidden.yaml", "notes.txt",
                "d.yaml.bak"}) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("folder.yaml"));

        assertThat(found(folder)).containsExactly(folder.resolve("a.yml"), folder.resolve("b.camel.yaml"),
                folder.resolve("c.yaml"));
    }

    @Test
    void areOneFileTogetherWithWhatItsFolderShares() throws IOException {
        Path shop = Files.createFile(folder.resolve("shop.camel.yaml"));
        Path errors = Files.createFile(folder.resolve("errors.camel.yaml"));
        Path notify = Files.createFile(folder.resolve("notify.camel.yaml"));
        Files.createFile(folder.resolve("other.camel.yaml"));

        assertThat(found(shop)).containsExactly(shop, errors, notify);
        assertThat(found(errors)).containsExactly(errors, notify);
    }

    @Test
    void haveNoOtherDotInTheirNames() throws IOException {
        Path versioned = Files.createFile(folder.resolve("shop.v2.camel.yaml"));

        assertThatThrownBy(() -> found(folder)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(versioned + ": ").hasMessageContaining("<name>.camel.yaml");
    }

    @Test
    void areMissing() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> found(missing)).isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": no such file or folder; name the routes with --config <folder or file>");
        assertThatThrownBy(() -> found(folder)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no *.camel.yaml file");
    }

    private static List<Path> found(Path config) {
        return RouteFiles.find(config.toString()).stream().map(file -> Path.of(file.name())).toList();
    }
}
