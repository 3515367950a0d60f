package io.onedump.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file that was read into memory.
 *
 * @param name    its path or address, as messages show it
 * @param content UTF-8
 */
public record RouteFile(String name, byte[] content) {

    /** @throws ConfigurationException when the file cannot be read */
    public static RouteFile read(Path file) {
        try {
            return new RouteFile(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of(file.toString(), "cannot be read: " + e.getMessage()));
        }
    }

    /** What Camel loads routes from; by the ending of the name it knows the format. */
    public Resource resource() {
        return ResourceHelper.fromBytes(name, YamlValues.protect(new String(content, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8));
    }
}
