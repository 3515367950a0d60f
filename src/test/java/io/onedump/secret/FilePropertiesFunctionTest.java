package io.onedump.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilePropertiesFunctionTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"secret | secret", "'secret\n' | secret", "'secret\r\n' | secret", "'two\nlines\n' | 'two\nlines'",
                    "'a\n\n' | 'a\n'", "' a ' | ' a '", "'' | ''"})
    void givesTheTextWithoutItsLastLineBreak(String content, String value) throws IOException {
        Path file = Files.writeString(folder.resolve("x"), content);

        assertThat(new FilePropertiesFunction().apply(file.toString())).isEqualTo(value);
    }

    @Test
    void isFoundByCamelUnderItsName() throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "p&w+%:/\n");
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();

            assertThat(context.resolvePropertyPlaceholders("{{file:" + file + "}}")).isEqualTo("p&w+%:/");
        }
    }

    @Test
    void givesTheDefaultWhereThereIsNoFile() {
        assertThat(new FilePropertiesFunction().apply(folder.resolve("x") + ":a:b")).isEqualTo("a:b");
        assertThat(new FilePropertiesFunction().apply(folder.resolve("x") + ":")).isEmpty();
    }

    @Test
    void saysWhichFileIsMissing() {
        Path file = folder.resolve("x");

        assertThatThrownBy(() -> new FilePropertiesFunction().apply(file.toString()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("{{file:" + file + "}}")
                .hasMessageContaining("does not exist").hasMessageContaining("default");
    }

    /** Else a job would run with the default in place of the secret. */
    @Test
    void givesNoDefaultForAFileThatCannotBeRead() throws IOException {
        Path folderNotFile = Files.createDirectory(folder.resolve("folder"));
        Path noText = Files.write(folder.resolve("bytes"), new byte[] {'a', (byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(() -> new FilePropertiesFunction().apply(folderNotFile + ":default"))
                .hasMessageContaining(folderNotFile.toString()).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> new FilePropertiesFunction().apply(noText + ":default"))
                .hasMessageContaining(noText.toString()).hasMessageContaining("no text in UTF-8");
        assertThatThrownBy(() -> new FilePropertiesFunction().apply("a\0b:default"))
                .isInstanceOf(SecretFileException.class);
    }
}
