package io.onedump.binlog.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.Compression;

/**
 * The pieces of a file, one after the other, decompressed; each is checked against its size and digest. Pieces of an
 * open file may be merged while they are read: what went away is then looked for in the file's newest manifest.
 */
final class PiecesInputStream extends InputStream {

    private final ArchiveStore store;
    private final String folder;
    private final Newest newest;
    private final long end;
    private List<Piece> pieces;
    private int index;
    private Piece piece;
    private VerifyingInputStream stored;
    private InputStream raw;
    private long position;

    /** Asks for a file's pieces as they are now. */
    interface Newest {
        List<Piece> pieces() throws IOException;
    }

    PiecesInputStream(ArchiveStore store, String folder, FileManifest file, Newest newest) {
        this.store = store;
        this.folder = folder;
        this.newest = newest;
        this.pieces = file.pieces();
        this.end = file.size();
    }

    @Override
    public int read() throws IOException {
        return BulkInputStream.single(this);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (piece != null && position == Math.min(end, piece.end())) {
            finish();
        }
        if (position == end) {
            return -1;
        }
        if (piece == null) {
            begin();
        }
        int read = readRaw(bytes, offset, (int) Math.min(length, Math.min(end, piece.end()) - position));
        if (read < 0) {
            throw new IOException(name() + " in the archive ends " + (piece.end() - position) + " bytes too early");
        }
        position += read;
        return read;
    }

    /** Decompressors tell of spoiled bytes in words of their own. */
    private int readRaw(byte[] bytes, int offset, int length) throws IOException {
        try {
            return raw.read(bytes, offset, length);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void begin() throws IOException {
        piece = next();
        InputStream object = open();
        stored = new VerifyingInputStream(object, piece.size(), piece.sha256());
        try {
            raw = Compression.ofName(piece.object()).decompress(stored);
            raw.skipNBytes(position - piece.start());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private InputStream open() throws IOException {
        while (true) {
            try {
                return store.get(name());
            } catch (FileNotFoundException e) {
                Piece missing = piece;
                pieces = newest.pieces();
                index = 0;
                piece = next();
                if (missing.equals(piece)) {
                    throw e;
                }
            }
        }
    }

    /** The piece that holds the next byte. */
    private Piece next() throws IOException {
        while (index < pieces.size() && pieces.get(index).end() <= position) {
            index++;
        }
        if (index == pieces.size()) {
            throw new FileNotFoundException(
                    folder + " in the archive has no longer what it had of a file at byte " + position);
        }
        return pieces.get(index);
    }

    private void finish() throws IOException {
        if (position == piece.end() && readRaw(new byte[1], 0, 1) >= 0) {
            throw new IOException(
                    name() + " in the archive has more than its " + (piece.end() - piece.start()) + " bytes");
        }
        try (InputStream ended = raw) {
            stored.drain();
        } catch (IOException e) {
            throw broken(e);
        }
        raw = null;
        piece = null;
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
