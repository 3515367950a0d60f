package io.onedump.slowlog.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.slowlog.parse.LogLines;
import io.onedump.slowlog.text.Ascii;

/** The files in a log's folder that were the log before. */
final class RotatedLogs {

    private final Path log;
    private final LogBookmark bookmark;
    private final List<Path> files;

    RotatedLogs(Path log, LogBookmark bookmark) throws IOException {
        this.log = log;
        this.bookmark = bookmark;
        Path folder = log.toAbsolutePath().getParent();
        this.files = filesOf(folder);
    }

    /** None when the folder is gone too: what is missing is the log. */
    private List<Path> filesOf(Path folder) throws IOException {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(f -> Files.isRegularFile(f) && !f.getFileName().equals(log.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * The file that the bookmark is of, by its inode or, after it was copied or packed, by its first bytes; or null.
     */
    Path bookmarked() throws IOException {
        String stem = stem(log.getFileName().toString());
        List<Path> candidates = files.stream().filter(f -> f.getFileName().toString().startsWith(stem))
                .sorted(Comparator.comparing(f -> !isBookmarked(f))).toList();
        for (Path candidate : candidates) {
            if (bookmark.headSize() > 0 ? bookmark.beginsAs(candidate) : isBookmarked(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private boolean isBookmarked(Path file) {
        String identity = LogBookmark.identity(file);
        return !identity.isEmpty() && identity.equals(bookmark.file());
    }

    /** What was rotated away after a file, the oldest first; of copies of one log only one. */
    List<Path> after(Path old) throws IOException {
        FileTime last = Files.getLastModifiedTime(old);
        Pattern name = rotatedNames(log.getFileName().toString());
        List<Path> newer = new ArrayList<>();
        for (Path file : files) {
            if (name.matcher(file.getFileName().toString()).matches()
                    && Files.getLastModifiedTime(file).compareTo(last) > 0) {
                newer.add(file);
            }
        }
        newer.sort(Comparator.comparing(RotatedLogs::modified));
        List<byte[]> heads = new ArrayList<>(List.of(LogBookmark.head(old)));
        if (Files.exists(log)) {
            heads.add(LogBookmark.head(log));
        }
        List<Path> after = new ArrayList<>();
        for (Path file : newer) {
            byte[] head = LogBookmark.head(file);
            if (isLog(head) && heads.stream().noneMatch(other -> Arrays.equals(other, head))) {
                heads.add(head);
                after.add(file);
            }
        }
        return after;
    }

    /** {@code slow.log.1}, {@code slow.log-20261123.gz}, {@code slow-20261123.log}; not the log of another server. */
    private static Pattern rotatedNames(String log) {
        return Pattern.compile(Pattern.quote(log) + "[-._].+|" + Pattern.quote(stem(log)) + "[-._]\\d.*");
    }

    private static boolean isLog(byte[] head) {
        for (int p = 0; p < head.length; p = Ascii.lineEnd(head, p, head.length) + 1) {
            int end = Ascii.lineEnd(head, p, head.length);
            if (LogLines.startsEvent(head, p, end) || LogLines.isBanner(head, p, end)) {
                return true;
            }
        }
        return false;
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
