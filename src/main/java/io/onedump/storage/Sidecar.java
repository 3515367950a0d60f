package io.onedump.storage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;

/**
 * The small file beside an artifact that says what it is: its SHA-256 in the line that {@code sha256sum} writes and
 * {@code sha256sum -c} checks when run in that folder, and above it, in lines that begin with {@code #}, its
 * {@link Identity}. The first of those is a CRC-32 of all that follows, so that a byte that changed is seen. The format
 * is specified in docs/checksum.md.
 *
 * @param sha256   64 lower-case hex digits
 * @param name     the artifact's name without folder
 * @param identity {@link Identity#NONE} for a sidecar of an older version or of {@code sha256sum} itself
 */
public record Sidecar(String sha256, String name, Identity identity) {

    public static final String EXTENSION = ".checksum";

    /** A file of more bytes is none of ours and is not read. */
    public static final int LONGEST = 64 * 1024;

    private static final String CRC = "crc32";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)");
    /** The line of the CRC-32 with a byte that changed in its key. */
    private static final Pattern ALMOST_CRC = Pattern.compile("(?s)#.{8}[0-9a-f]{8}");
    private static final Pattern COMMENT = Pattern.compile("# ([a-z][a-z0-9-]{0,39}): (.*)");

    /** Where the sidecar of the object at {@code path} is. */
    public static String path(String path) {
        return path + EXTENSION;
    }

    public static boolean isSidecar(String path) {
        return path.endsWith(EXTENSION);
    }

    /** The path of the artifact beside which {@code path} is. */
    public static String artifact(String path) {
        return path.substring(0, path.length() - EXTENSION.length());
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static Sidecar parse(byte[] bytes) {
        String text = decoded(bytes);
        String[] lines = text.lines().toArray(String[]::new);
        Map<String, String> values = new LinkedHashMap<>();
        int index = 0;
        for (; index < lines.length && lines[index].startsWith("#"); index++) {
            Matcher comment = COMMENT.matcher(lines[index]);
            if (comment.matches() && comment.group(1).equals(CRC)) {
                checkCrc(text, index, comment.group(2));
            } else if (index == 0 && ALMOST_CRC.matcher(lines[0]).matches()) {
                throw new IllegalArgumentException("its own CRC-32 does not fit");
            } else if (comment.matches()) {
                values.putIfAbsent(comment.group(1), comment.group(2));
            }
        }
        Matcher line = LINE.matcher(index < lines.length ? lines[index] : "");
        if (!line.matches()) {
            throw new IllegalArgumentException("it has no line of sha256sum");
        }
        if (index + 1 < lines.length) {
            throw new IllegalArgumentException("it has more than one line of sha256sum");
        }
        return new Sidecar(line.group(1), line.group(2), new Identity(values));
    }

    /** How many bytes the line of {@code sha256sum} has with its end. */
    static int lineLength(String name) {
        return 64 + 2 + name.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    public Artifact toArtifact() {
        StringBuilder lines = new StringBuilder();
        identity.values().forEach((key, value) -> {
            // A name may be as long as it likes; what is left out is the newest kind of line.
            if (lines.length() + value.length() < LONGEST / 4) {
                lines.append("# ").append(key).append(": ").append(value).append('\n');
            }
        });
        lines.append(sha256).append("  ").append(name).append('\n');
        String head = identity.values().isEmpty() ? "" : "# " + CRC + ": " + crc(lines.toString()) + "\n";
        return new BytesArtifact(name + EXTENSION, (head + lines).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is no text");
        }
    }

    private static void checkCrc(String text, int line, String expected) {
        int start = 0;
        for (int i = 0; i <= line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        if (!crc(text.substring(start).replace("\r\n", "\n")).equals(expected)) {
            throw new IllegalArgumentException("its own CRC-32 does not fit");
        }
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
