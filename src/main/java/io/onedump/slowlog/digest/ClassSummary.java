package io.onedump.slowlog.digest;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.onedump.slowlog.fingerprint.Fingerprinter;

/**
 * One class of a digest.
 *
 * @param id          last 16 hexadecimal digits of the fingerprint's MD5, as pt-query-digest has it
 * @param fingerprint see {@link Fingerprinter}
 * @param item        what it does with which tables: {@code SELECT shop.orders}
 * @param sample      its slowest event
 */
public record ClassSummary(String id, String fingerprint, String item, Profile profile, Sample sample) {

    ClassSummary withoutLiterals() {
        return new ClassSummary(id, fingerprint, item, profile.withoutLiterals(), sample == null
                ? null
                : sample.withoutLiterals());
    }

    static String id(byte[] fingerprint) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(fingerprint);
            return String.format("%032X", new BigInteger(1, md5)).substring(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
