package io.onedump.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.spi.PropertiesFunction;

/**
 * The placeholder {@code {{file:/run/secrets/x}}}: a file's text without its last line break, for secrets that Docker,
 * Kubernetes or systemd put into files. {@code {{file:/run/secrets/x:default}}} gives the default where there is no
 * file.
 */
@org.apache.camel.spi.annotations.PropertiesFunction("file")
public class FilePropertiesFunction implements PropertiesFunction {

    @Override
    public String getName() {
        return "file";
    }

    @Override
    public String apply(String remainder) {
        int colon = remainder.indexOf(':');
        String path = colon < 0 ? remainder : remainder.substring(0, colon);
        try {
            return Files.readString(Path.of(path)).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            if (colon >= 0) {
                return remainder.substring(colon + 1);
            }
            throw new IllegalArgumentException("placeholder {{file:" + path + "}}: cannot read the file: "
                    + (Files.exists(Path.of(path)) ? e.getMessage() : "it does not exist")
                    + "; make it readable or give a default after a colon", e);
        }
    }
}
