package io.onedump.binlog.find;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.CleanText;

/**
 * A logged statement for people to see: one line, and from the first word on that is about a password no literal, since
 * any of them may be one.
 */
final class StatementText {

    private static final Pattern SECRETS_FOLLOW =
            Pattern.compile("\\bIDENTIFIED\\b|PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|[END]E?_?CRYPT|"
                    + "\\bauthentication_string\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*+(?:'|$)"
            + "|\"(?:[^\"\\\\]|\\\\.|\"\")*+(?:\"|$)|\\b0x[0-9a-f]+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private StatementText() {
    }

    static String of(String sql) {
        Matcher secrets = SECRETS_FOLLOW.matcher(sql);
        return CleanText.of(secrets.find()
                ? sql.substring(0, secrets.end())
                        + LITERAL.matcher(sql.substring(secrets.end())).replaceAll("'xxxxxx'")
                : sql);
    }
}
