package io.onedump.job;

import java.util.regex.Pattern;

import io.onedump.artifact.CleanText;
import io.onedump.artifact.KnownSecrets;
import org.apache.camel.util.SensitiveUtils;

/**
 * Takes secrets out of messages. Camel's own function is made for URIs: in a text it takes everything between a port
 * and the next at sign for a password.
 */
public final class Redaction {

    private static final String MASK = "xxxxxx";
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@]*:)[^\\s@]+@");
    private static final Pattern OPTION = Pattern.compile(
            "([?&][^=&\\s]*(?:" + SensitiveUtils.getSensitivePattern()
                    + ")[^=&\\s]*=)(RAW\\(.*\\)|RAW\\{.*\\}|[^&\\s]*)",
            Pattern.CASE_INSENSITIVE);

    private Redaction() {
    }

    /** The text in one clean line, with the passwords of URIs, the values of their secret options, and all known
     * secrets masked. */
    public static String of(String text) {
        return OPTION.matcher(USER_INFO.matcher(CleanText.of(KnownSecrets.masked(text))).replaceAll("$1" + MASK + "@"))
                .replaceAll("$1" + MASK);
    }
}
