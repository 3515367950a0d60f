package io.onedump.artifact;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;

import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * Lets any Camel endpoint take an artifact: a stream for those that stream, a file for those that need its length, and
 * text or bytes, up to a limit, for expressions and for those that hold it in memory.
 */
@Converter(generateLoader = true)
public final class ArtifactConverters {

    /** The most that is held in memory as text or bytes. */
    public static final int LIMIT = 16 * 1024 * 1024;

    private ArtifactConverters() {
    }

    /** Its bytes as they are kept, so compressed where the name says so. */
    @Converter
    public static byte[] toBytes(Artifact artifact) throws IOException {
        return inMemory(artifact, false);
    }

    /** What the bytes stand for: unpacked where the name says that they are compressed. */
    @Converter
    public static String toString(Artifact artifact, Exchange exchange) throws IOException {
        return new String(inMemory(artifact, true), ExchangeHelper.getCharset(exchange, true));
    }

    /** A reader of what {@link #toString} gives, without any limit. */
    @Converter
    public static Reader toReader(Artifact artifact, Exchange exchange) throws IOException {
        return new InputStreamReader(unpacked(artifact, true), ExchangeHelper.getCharset(exchange, true));
    }

    /** What the bytes stand for, as {@link #toString} has it. */
    public static byte[] toUnpackedBytes(Artifact artifact) throws IOException {
        return inMemory(artifact, true);
    }

    private static byte[] inMemory(Artifact artifact, boolean unpack) throws IOException {
        if (!artifact.repeatable()) {
            throw new IOException(artifact.name() + " is made anew for each reader, so it is not read as text or bytes;"
                    + " set spool to true, or give it to a step that reads a stream");
        }
        if (artifact.awaitBytes(LIMIT + 1L) > LIMIT) {
            throw tooLong(artifact);
        }
        try (InputStream in = unpacked(artifact, unpack)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw tooLong(artifact);
            }
            return bytes;
        }
    }

    private static IOException tooLong(Artifact artifact) {
        return new IOException(artifact.name() + " is longer than the " + LIMIT / 1024 / 1024 + " MiB that are held in"
                + " memory as text or bytes; give it to a step that reads a stream or a file");
    }

    private static InputStream unpacked(Artifact artifact, boolean unpack) throws IOException {
        InputStream in = artifact.open();
        return unpack ? Compression.ofName(artifact.name()).decompress(in) : in;
    }

    @Converter
    public static InputStream toInputStream(Artifact artifact) throws IOException {
        return artifact.open();
    }

    @Converter
    public static InputStream toInputStream(UnboundArtifact unbound, Exchange exchange) throws IOException {
        return unbound.bind(exchange).open();
    }

    @Converter
    public static File toFile(UnboundArtifact unbound, Exchange exchange) throws IOException {
        return toFile(unbound.bind(exchange));
    }

    /** Waits for the artifact's end. The file goes away with the exchange. */
    @Converter
    public static File toFile(Artifact artifact) throws IOException {
        if (artifact instanceof RenamedArtifact renamed) {
            return toFile(renamed.artifact());
        }
        if (artifact instanceof FileArtifact file) {
            return file.file().toFile();
        }
        if (artifact instanceof Spool spool) {
            spool.digest();
            return spool.file().toFile();
        }
        throw new IOException(artifact.name() + " is not in a file; set spool to true for endpoints that need one");
    }
}
