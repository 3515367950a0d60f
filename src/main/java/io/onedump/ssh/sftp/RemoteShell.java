package io.onedump.ssh.sftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.ssh.ShellWord;

/**
 * What a server's shell can do that SFTP cannot: hash files where they are, and write many to the disk at once. For any
 * thread.
 */
public record RemoteShell(SftpChannel channel) {

    /** As sha256sum, shasum and openssl write it; a backslash in front says that the name is escaped. */
    private static final Pattern LINE = Pattern.compile("(\\\\?)([0-9a-f]{64}) [ *](.+)");

    /** A command for one file prints little; a log-in script may print something before. */
    private static final long OUTPUT = 64 * 1024;

    private static final String HASH_ALL = "{ command -v sha256sum >/dev/null && xargs -0 sha256sum"
            + " || xargs -0 shasum -a 256; } 2>/dev/null";

    /** Files on one file system, as nearly always, need it to be written only once. */
    private static final String SYNC_AND_HASH_ALL = "xargs -0 sh -c '{ [ $(stat -c %d \"$@\" | sort -u | wc -l) = 1 ]"
            + " && sync -f \"$1\" || sync -f \"$@\"; } && sha256sum \"$@\"' sh 2>/dev/null";

    /**
     * The SHA-256 of those files that the shell sees; none where there is no shell.
     *
     * @param bytes all of them together have
     */
    public Map<String, String> sha256(Collection<String> files, long bytes) throws IOException {
        return sha256(HASH_ALL, files, bytes);
    }

    /**
     * Has the server write everything on the files' file systems to its disk, then hashes them. Linux tells of failed
     * writes since its version 5.8.
     *
     * @param  bytes all of them together have
     * @return       only of files that are on the disk
     */
    public Map<String, String> syncedSha256(Collection<String> files, long bytes) throws IOException {
        return sha256(SYNC_AND_HASH_ALL, files, bytes);
    }

    /** Whether {@link #syncedSha256} can be used for files in the folder. */
    public boolean syncs(String folder) throws IOException {
        String quoted = ShellWord.quoted(folder);
        return digest("stat -c %d " + quoted + " && sync -f " + quoted + " && sha256sum /dev/null", 0) != null;
    }

    /** Has the server write the file to its disk, which not every server can be asked for by SFTP. */
    public void sync(String file, long bytes) throws IOException {
        digest("sync " + ShellWord.quoted(file), bytes);
    }

    /**
     * Has the server write the file to its disk, where its shell can, and hashes it.
     *
     * @return null where there is no shell that sees the file
     */
    public String syncedSha256(String file, long bytes) throws IOException {
        String quoted = ShellWord.quoted(file);
        return digest("sync " + quoted + "; openssl dgst -sha256 -r " + quoted + " || sha256sum " + quoted
                + " || shasum -a 256 " + quoted, bytes);
    }

    private Map<String, String> sha256(String command, Collection<String> files, long bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        files.forEach(file -> text.append(ShellWord.argument(file)).append('\0'));
        byte[] names = text.toString().getBytes(StandardCharsets.UTF_8);
        // Of each file its digest and its name, in which each byte may be escaped.
        long most = OUTPUT + 2L * names.length + 80L * files.size();
        String output = channel.run(command, new ByteArrayInputStream(names), most, bytes);
        Map<String, String> digests = new HashMap<>();
        if (output != null) {
            for (String line : output.split("\n")) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    String name = matcher.group(1).isEmpty() ? matcher.group(3) : unescaped(matcher.group(3));
                    digests.put(name.startsWith("./") ? name.substring(2) : name, matcher.group(2));
                }
            }
        }
        return digests;
    }

    /**
     * The SHA-256 of a file's first bytes.
     *
     * @return null where there is no shell that sees the file
     */
    public String sha256(String file, long length) throws IOException {
        String head = "head -c " + length + " " + ShellWord.quoted(file);
        return digest(head + " | openssl dgst -sha256 -r || " + head + " | sha256sum || " + head + " | shasum -a 256",
                length);
    }

    /** The first digest that the command prints; null when there is none. */
    private String digest(String command, long bytes) throws IOException {
        String output =
                channel.run("{ " + command + "; } 2>/dev/null", InputStream.nullInputStream(), OUTPUT, bytes);
        return output == null
                ? null
                : output.lines().map(LINE::matcher).filter(Matcher::matches).map(line -> line.group(2)).findFirst()
                        .orElse(null);
    }

    private static String unescaped(String name) {
        return name.replace("\\\\", "\0").replace("\\n", "\n").replace("\\r", "\r").replace('\0', '\\');
    }
}
