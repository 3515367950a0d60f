package io.onedump.binlog.archive;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Compression;
import io.onedump.binlog.event.BinlogName;

/**
 * How the objects of an archive are called: {@code timeline-0001/binlog.000007.zst} for a whole file,
 * {@code timeline-0001/binlog.000008.0000000000-0001048576.zst} for a part of one that the server still writes, and
 * {@code timeline-0001/binlog.000007.manifest}. A timeline is the life of one server between two RESET MASTER.
 */
final class ArchiveNames {

    private static final Pattern TIMELINE = Pattern.compile("timeline-(\\d{4,9})");
    private static final Pattern PART = Pattern.compile("(.+)\\.\\d{10,}-\\d{10,}(\\.[a-z]+)?");
    private static final String MANIFEST = ".manifest";

    private ArchiveNames() {
    }

    static String folder(int timeline) {
        return String.format("timeline-%04d", timeline);
    }

    /** The timeline that an object or a folder belongs to; empty for what is not of an archive. */
    static OptionalInt timeline(String name) {
        int slash = name.indexOf('/');
        Matcher form = TIMELINE.matcher(slash < 0 ? name : name.substring(0, slash));
        return form.matches() ? OptionalInt.of(Integer.parseInt(form.group(1))) : OptionalInt.empty();
    }

    static String object(int timeline, String name) {
        return folder(timeline) + "/" + name;
    }

    static String manifest(BinlogName file) {
        return file + MANIFEST;
    }

    static boolean isManifest(String object) {
        return object.endsWith(MANIFEST);
    }

    /** The file that an object, named without its folder, is a part of; empty for all that is no part. */
    static Optional<BinlogName> ofPart(String name) {
        Matcher form = PART.matcher(name);
        return form.matches() ? file(form.group(1)) : Optional.empty();
    }

    /** The file that an object, named without its folder, holds all of; empty for all that is no whole file. */
    static Optional<BinlogName> ofWhole(String name) {
        return Arrays.stream(Compression.values()).filter(compression -> name.endsWith(compression.extension()))
                .flatMap(compression -> file(name.substring(0, name.length() - compression.extension().length()))
                        .stream())
                .findFirst();
    }

    /** The file that an object, named without its folder, describes; empty for all that is no manifest. */
    static Optional<BinlogName> ofManifest(String name) {
        return isManifest(name) ? file(name.substring(0, name.length() - MANIFEST.length())) : Optional.empty();
    }

    private static Optional<BinlogName> file(String name) {
        return BinlogName.matches(name) ? Optional.of(BinlogName.parse(name)) : Optional.empty();
    }

    static String whole(BinlogName file, Compression compression) {
        return file + compression.extension();
    }

    static String part(BinlogName file, long start, long end, Compression compression) {
        return String.format("%s.%010d-%010d%s", file, start, end, compression.extension());
    }
}
