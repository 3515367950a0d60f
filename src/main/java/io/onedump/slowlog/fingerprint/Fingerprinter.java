package io.onedump.slowlog.fingerprint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import io.onedump.slowlog.parse.SlowEvent;
import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.LogText;

/**
 * Abstracts a statement to its shape, by MySQL's lexical rules ("Lexical structure" in its reference manual) and in the
 * spelling of pt-query-digest: lower case, one blank between words, {@code ?} for every literal, lists of literals as
 * {@code (?+)}, no comments. The bytes go to a buffer that is used again for every statement.
 *
 * <p>Digits in names become {@code ?} too, so that {@code users_2025} and {@code users_2026} are one class, as in
 * pt-query-digest. Optimizer hints and executable comments belong to the statement and stay.
 *
 * <p>No literal gets into a fingerprint. Where a statement can be read in several ways, because the log does not say
 * whether backslashes escape in it, it ends at the first byte that they disagree about.
 */
public final class Fingerprinter {

    /** Longer fingerprints are cut: statements that agree so far are one class. */
    static final int LONGEST = 1 << 20;

    private static final byte[] MYSQLDUMP_SELECT = Ascii.bytes("SELECT /*!40001 SQL_NO_CACHE */ * FROM `");
    private static final byte[] MYSQLDUMP = Ascii.bytes("mysqldump");

    private final FingerprintBuffer out = new FingerprintBuffer();
    private final TokenWriter tokens = new TokenWriter(out);

    /**
     * Writes the fingerprint of every statement of a stream; each ends with a NUL byte there and here.
     *
     * @throws IOException when reading or writing fails
     */
    public static void copy(InputStream statements, OutputStream fingerprints) throws IOException {
        Fingerprinter fingerprinter = new Fingerprinter();
        ByteArrayOutputStream statement = new ByteArrayOutputStream();
        int b = statements.read();
        while (b >= 0) {
            statement.reset();
            for (; b > 0; b = statements.read()) {
                statement.write(b);
            }
            fingerprinter.of(statement.toByteArray(), 0, statement.size(), false);
            fingerprints.write(fingerprinter.bytes(), 0, fingerprinter.length());
            fingerprints.write(0);
            if (b == 0) {
                b = statements.read();
            }
        }
        fingerprints.flush();
    }

    /**
     * Makes the fingerprint of a statement, in {@link #bytes()} up to {@link #length()}.
     *
     * @param cut whether the log ended inside the statement
     */
    public void of(byte[] buf, int from, int to, boolean cut) {
        out.length = 0;
        if (Ascii.startsWith(buf, from, to, AdminCommands.PREFIX)) {
            AdminCommands.put(buf, from, to, out);
        } else if (Ascii.startsWith(buf, from, to, MYSQLDUMP_SELECT)) {
            out.put(MYSQLDUMP);
        } else {
            boolean unions = tokens.write(buf, from, to, cut);
            out.trim();
            if (unions) {
                out.foldUnions();
            }
        }
    }

    public byte[] bytes() {
        return out.bytes;
    }

    public int length() {
        return out.length;
    }

    /** The fingerprint of an event as text. */
    public String text(SlowEvent event) {
        of(event.buf, event.textFrom, event.textTo, event.cut);
        return LogText.text(out.bytes, 0, out.length);
    }
}
