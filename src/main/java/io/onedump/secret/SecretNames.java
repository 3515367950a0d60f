package io.onedump.secret;

import java.util.regex.Pattern;

import org.apache.camel.util.SensitiveUtils;

/** Which options are secrets by their name: those that Camel's catalog calls so, and all that are called like them. */
public final class SecretNames {

    /** A regular expression for a part of such a name, whatever the case. */
    public static final String PATTERN =
            "pass(word|phrase|wd|code)|identity|secret|token|credential|private-?key|ssh-?key"
                    + "|access-?key|api-?key|account-?key|webhook|dsn|signature|keystore|truststore|"
                    + SensitiveUtils.getSensitivePattern();

    private static final Pattern SECRET = Pattern.compile(PATTERN, Pattern.CASE_INSENSITIVE);

    private static final Pattern ADDRESS = Pattern.compile("dsn|ur[il]|webhook", Pattern.CASE_INSENSITIVE);

    private SecretNames() {
    }

    public static boolean isSecret(String option) {
        return SensitiveUtils.containsSensitive(option) || SECRET.matcher(option).find();
    }

    /** Whether all of the value is the secret, and not a part of it as in an address. */
    static boolean isPassword(String name) {
        return isSecret(name) && !ADDRESS.matcher(name).find();
    }
}
