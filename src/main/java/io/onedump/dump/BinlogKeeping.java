package io.onedump.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.Source;

/**
 * A dump by mysqldump whose restore is in the binary log. When it is told to write GTIDs as a comment,
 * {@code --set-gtid-purged=COMMENTED}, mysqldump still writes statements at its beginning and end that turn the binary
 * log off: accounts without a privilege for that cannot load the dump, and replicas would miss it. They become comments
 * of the same length here. What is asked for as a statement stays one.
 */
final class BinlogKeeping extends WrappedSource {

    private static final String SAVE = "SET @MYSQLDUMP_TEMP_LOG_BIN = @@SESSION.SQL_LOG_BIN;\n";
    private static final String OFF = "SET @@SESSION.SQL_LOG_BIN= 0;\n";
    private static final String BACK = "SET @@SESSION.SQL_LOG_BIN = @MYSQLDUMP_TEMP_LOG_BIN;\n";
    private static final String COMMENTED = "\n/* SET @@GLOBAL.GTID_PURGED=";
    /** Holds more than what is before the first table, and than what is after the last. */
    private static final int END = 8 * 1024;

    BinlogKeeping(Source source) {
        super(source);
    }

    @Override
    InputStream wrap(InputStream in) {
        return new Commenting(in);
    }

    /** Looks at the first bytes before it gives any, and where it has found something holds the last ones back. */
    private static final class Commenting extends BulkInputStream {

        private byte[] held = new byte[64 * 1024];
        private int position;
        private int length;
        private boolean begun;
        private boolean ended;
        private boolean commenting;

        Commenting(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int wanted) throws IOException {
            if (wanted == 0) {
                return 0;
            }
            if (!begun) {
                begin();
            }
            if (!commenting && position == length) {
                return in.read(bytes, offset, wanted);
            }
            int back = commenting && !ended ? END : 0;
            while (commenting && !ended && length - position <= END) {
                fill();
                back = ended ? 0 : END;
            }
            int given = Math.min(wanted, length - position - back);
            if (given == 0) {
                return -1;
            }
            System.arraycopy(held, position, bytes, offset, given);
            position += given;
            return given;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        private void begin() throws IOException {
            begun = true;
            while (!ended && length < END) {
                fill();
            }
            String head = new String(held, 0, length, StandardCharsets.ISO_8859_1);
            int save = head.indexOf("\n" + SAVE);
            int off = head.indexOf("\n" + OFF, Math.max(0, save));
            commenting = save >= 0 && off >= 0 && head.indexOf(COMMENTED, off) >= 0;
            if (commenting) {
                comment(save + 1);
                comment(off + 1);
                if (ended) {
                    commentLast();
                }
            }
        }

        private void fill() throws IOException {
            if (position > 0) {
                System.arraycopy(held, position, held, 0, length - position);
                length -= position;
                position = 0;
            }
            int read = in.read(held, length, held.length - length);
            if (read < 0) {
                ended = true;
                if (commenting) {
                    commentLast();
                }
            } else {
                length += read;
            }
        }

        private void commentLast() {
            String tail = new String(held, position, length - position, StandardCharsets.ISO_8859_1);
            int back = tail.lastIndexOf("\n" + BACK);
            if (back >= 0) {
                comment(position + back + 1);
            }
        }

        /** A comment begins with two dashes and a space. */
        private void comment(int start) {
            held[start] = '-';
            held[start + 1] = '-';
            held[start + 2] = ' ';
        }
    }
}
