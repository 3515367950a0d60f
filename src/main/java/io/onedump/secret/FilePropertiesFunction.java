package io.onedump.secret;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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
        } catch (NoSuchFileException e) {
            if (colon >= 0) {
                return remainder.substring(colon + 1);
            }
            throw new SecretFileException(path, "it does not exist; make it or give a default after a colon", e);
        } catch (IOException | InvalidPathException e) {
            throw new SecretFileException(path, reason(e, path), e);
        }
    }

    /** A default is for a file that is not there, and not for a secret that cannot be read. */
    private static String reason(Exception e, String path) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; make it readable to the user who runs this process";
        }
        if (e instanceof CharacterCodingException) {
            return "it is no text in UTF-8; write the secret as such";
        }
        return !(e instanceof InvalidPathException) && Files.isDirectory(Path.of(path))
                ? "it is a folder; name a file in it"
                : String.valueOf(e.getMessage());
    }
}
