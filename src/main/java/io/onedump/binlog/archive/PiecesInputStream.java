package io.onedump.binlog.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

import io.onedump.artifact.Compression;

/** The pieces of a file, one after the other, decompressed; each is checked against its size and digest. */
final class PiecesInputStream extends InputStream {

    private final ArchiveStore store;
    private final String folder;
    private final Iterator<Piece> pieces;
    private Piece piece;
    private DigestInputStream stored;
    private InputStream raw;
    private long left;

    PiecesInputStream(ArchiveStore store, String folder, List<Piece> pieces) {
        this.store = store;
        this.folder = folder;
        this.pieces = pieces.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (left == 0) {
            if (raw != null) {
                finish();
            }
            if (!pieces.hasNext()) {
                return -1;
            }
            begin(pieces.next());
        }
        int read = read(bytes, offset, (int) Math.min(length, left), raw);
        if (read < 0) {
            throw new IOException(name() + " in the archive ends " + left + " bytes too early");
        }
        left -= read;
        return read;
    }

    /** Decompressors tell of spoiled bytes in words of their own. */
    private int read(byte[] bytes, int offset, int length, InputStream from) throws IOException {
        try {
            return from.read(bytes, offset, length);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void begin(Piece next) throws IOException {
        piece = next;
        left = next.end() - next.start();
        stored = new DigestInputStream(store.get(name()), next.size(), next.sha256());
        raw = Compression.ofName(next.object()).decompress(stored);
    }

    private void finish() throws IOException {
        if (read(new byte[1], 0, 1, raw) >= 0) {
            throw new IOException(
                    name() + " in the archive has more than its " + (piece.end() - piece.start()) + " bytes");
        }
        try (InputStream ended = raw) {
            stored.drain();
        } catch (IOException e) {
            throw broken(e);
        }
        raw = null;
    }

    private IOException broken(IOException reason) {
        return new IOException(name() + " in the archive is broken: " + reason.getMessage(), reason);
    }

    private String name() {
        return folder + "/" + piece.object();
    }

    @Override
    public void close() throws IOException {
        if (raw != null) {
            raw.close();
        }
    }
}
