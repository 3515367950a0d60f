package io.onedump.checksum;

import java.util.Arrays;
import java.util.Locale;

/** The digest algorithms that a sidecar may hold. */
public enum ChecksumAlgorithm {

    SHA256;

    /** @throws IllegalArgumentException naming the algorithms that are known */
    public static ChecksumAlgorithm parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT).replace("-", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("checksum:" + text + ": unknown algorithm; use one of "
                    + Arrays.toString(values()).toLowerCase(Locale.ROOT), e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
