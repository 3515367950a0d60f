package io.onedump.database.mysql;

import java.util.Arrays;
import java.util.Locale;

/**
 * How a connection is encrypted, and how much of the server's certificate is believed. The names are those of {@code
 * --ssl-mode}.
 */
public enum TlsMode {

    /** Never encrypted. */
    DISABLED,
    /** Encrypted when the server offers it; the certificate is not looked at. Safe against listeners only. */
    PREFERRED,
    /** Encrypted or refused; the certificate is not looked at. */
    REQUIRED,
    /** Encrypted, with a certificate of a trusted authority. */
    VERIFY_CA,
    /** Encrypted, with a certificate of a trusted authority that is made out to the host name we asked for. */
    VERIFY_FULL;

    /**
     * @throws IllegalArgumentException naming the values that are known, written {@code verify-full} or {@code
     * VERIFY_FULL}
     */
    public static TlsMode parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown TLS mode '" + text + "': use one of "
                    + Arrays.toString(values()).toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }

    public boolean wantsEncryption() {
        return this != DISABLED;
    }

    public boolean demandsEncryption() {
        return compareTo(REQUIRED) >= 0;
    }

    public boolean verifiesAuthority() {
        return compareTo(VERIFY_CA) >= 0;
    }

    public boolean verifiesHost() {
        return this == VERIFY_FULL;
    }
}
