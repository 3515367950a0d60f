package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.ObjectMapper;

/** Route files and examples are what the schema of Camel's YAML says, which editors check them against. */
class YamlSchemaTest {

    private static final Schema SCHEMA = schema();

    @ParameterizedTest(name = "{0}")
    @MethodSource({"shipped", "examples"})
    void keepsToTheSchema(String name, String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);

        assertThat(SCHEMA.validate(new ObjectMapper().writeValueAsString(document), InputFormat.JSON))
                .extracting(Object::toString).isEmpty();
    }

    static Stream<Object[]> shipped() {
        return Stream.of("routes", "docker/routes").map(Repository::file).flatMap(YamlSchemaTest::files)
                .map(file -> new Object[] {file.getFileName().toString(), read(file)});
    }

    static Stream<Object[]> examples() {
        return Repository.pages().stream().flatMap(page -> IntStream.range(0, page.blocks("yaml").size())
                .mapToObj(i -> new Object[] {page.file().getFileName() + " " + (i + 1), page.blocks("yaml").get(i)}));
    }

    private static Stream<Path> files(Path folder) {
        try {
            return Files.list(folder).sorted();
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

    private static Schema schema() {
        try (InputStream json = YamlSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(new String(json.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
