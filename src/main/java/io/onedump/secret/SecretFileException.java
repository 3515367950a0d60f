package io.onedump.secret;

/** The file of a placeholder {@code {{file:…}}} cannot be read; the message says which, why and what to do. */
public class SecretFileException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SecretFileException(String path, String why, Exception cause) {
        super("placeholder {{file:" + path + "}}: cannot read the file: " + why, cause);
    }

    /** The one that is behind a failure to look something up, or null. */
    public static SecretFileException behind(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause()) {
            if (cause instanceof SecretFileException found) {
                return found;
            }
        }
        return null;
    }
}
