package io.onedump.encrypt;

import java.util.Arrays;
import java.util.Locale;

/** The formats of what is sealed. */
public enum EncryptFormat {

    AGE;

    /** @throws IllegalArgumentException naming the formats that are known */
    public static EncryptFormat parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("encrypt:" + text + ": unknown format; use one of "
                    + Arrays.toString(values()).toLowerCase(Locale.ROOT), e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
