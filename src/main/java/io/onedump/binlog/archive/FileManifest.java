package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.onedump.binlog.event.BinlogName;

/**
 * What an archive knows of one binlog file. Its text form, one {@code key value} a line, is an object of the archive:
 * it is written after the pieces it names, so what it says is there, is there.
 *
 * @param server  the server's own unique name, empty where it has none
 * @param version the server's version
 * @param format  SHA-256 of the file's first event, which tells files of the same name apart
 * @param first   time of the first event
 * @param last    time of the newest event
 * @param next    the file that follows, when state is CLOSED, else null
 * @param pieces  in order, without holes
 */
public record FileManifest(
        BinlogName file, State state, String server, String version, String format, Instant first, Instant last,
        BinlogName next, List<Piece> pieces) {

    /** How sure it is that the archive has all of the file. */
    public enum State {
        /** The server was still writing it. */
        OPEN,
        /** The server went on to the next file: this one is whole. */
        CLOSED,
        /** The rest could not be had: the server had removed it, or had become another server. */
        CUT
    }

    private static final String HEAD = "onedump-binlog 1";

    public FileManifest {
        pieces = List.copyOf(pieces);
        long at = 0;
        for (Piece piece : pieces) {
            if (piece.start() != at) {
                throw new IllegalArgumentException(
                        file + ": a hole in the archive from " + at + " to " + piece.start());
            }
            at = piece.end();
        }
        if ((state == State.CLOSED) != (next != null)) {
            throw new IllegalArgumentException(file + ": a closed file, and no other, has a next one");
        }
    }

    /** Bytes of the file that are in the storage. */
    public long size() {
        return pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).end();
    }

    public boolean closed() {
        return state == State.CLOSED;
    }

    FileManifest with(Piece piece, Instant newest) {
        List<Piece> more = new ArrayList<>(pieces);
        more.add(piece);
        return new FileManifest(file, state, server, version, format, first, newest, next, more);
    }

    /** The same bytes of the file in other pieces. */
    FileManifest in(List<Piece> others) {
        return new FileManifest(file, state, server, version, format, first, last, next, others);
    }

    FileManifest cut() {
        return new FileManifest(file, State.CUT, server, version, format, first, last, null, pieces);
    }

    public String text() {
        ArchiveText text = new ArchiveText().line("file", file).line("state", state.name().toLowerCase(Locale.ROOT))
                .line("server", server).line("version", version).line("format", format).line("first", first)
                .line("last", last);
        if (next != null) {
            text.line("next", next);
        }
        for (Piece piece : pieces) {
            text.line("piece", piece.start() + " " + piece.end() + " " + piece.size() + " " + piece.sha256() + " "
                    + piece.object());
        }
        return text.under(HEAD);
    }

    /** @throws IOException when the text is not of this form; {@code name} tells which object it was */
    public static FileManifest parse(String name, String text) throws IOException {
        return parse(name, text, true);
    }

    /** @param checked whether its CRC-32 has to fit; else what it says is for whoever looks for damage */
    static FileManifest parse(String name, String text, boolean checked) throws IOException {
        try {
            Map<String, String> values = new LinkedHashMap<>();
            List<Piece> pieces = new ArrayList<>();
            for (String[] line : ArchiveText.parse(HEAD, "file", text, checked)) {
                if (line[0].equals("piece")) {
                    pieces.add(piece(checked ? values.get("file") : "", line[1]));
                } else {
                    values.put(line[0], line[1]);
                }
            }
            return new FileManifest(BinlogName.parse(values.get("file")),
                    State.valueOf(values.get("state").toUpperCase(Locale.ROOT)), values.get("server"),
                    values.get("version"), values.get("format"), Instant.parse(values.get("first")),
                    Instant.parse(values.get("last")),
                    values.containsKey("next") ? BinlogName.parse(values.get("next")) : null, pieces);
        } catch (RuntimeException e) {
            throw new IOException("archive object " + name + " is not a manifest: " + e.getMessage(), e);
        }
    }

    /** What a manifest names is of its own file, and nowhere but beside it. */
    private static Piece piece(String file, String line) {
        String[] words = line.split(" ", 5);
        String object = words[4];
        if (!object.startsWith(file) || object.indexOf('/') >= 0 || object.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("it names '" + object + "', which is no part of " + file);
        }
        return new Piece(object, Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]),
                words[3]);
    }
}
