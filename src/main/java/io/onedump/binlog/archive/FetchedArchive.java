package io.onedump.binlog.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.PrivateFolder;
import io.onedump.binlog.event.BinlogName;

/**
 * Archived files brought back as the files that the server had, each under its name once it is whole and compared with
 * its digests.
 *
 * @param names of the files that are wanted; empty for all
 * @param since null, or only files that end at this moment or later
 * @param until null, or only files that begin before this moment
 */
public record FetchedArchive(Set<String> names, Instant since, Instant until) {

    private static final String UNFINISHED = ".part";

    public FetchedArchive {
        names = Set.copyOf(names);
        if (since != null && until != null && !since.isBefore(until)) {
            throw new IllegalArgumentException("--since " + since + " is not before --until " + until);
        }
    }

    /**
     * Fetches them.
     *
     * @param  into        a folder, which is made if need be
     * @param  fetched     told of each
     * @return             how many
     * @throws IOException also when one of them is there already, before any is fetched
     */
    public int run(Archive archive, int timeline, Path into, Consumer<FileManifest> fetched) throws IOException {
        List<FileManifest> wanted = wanted(archive, timeline);
        PrivateFolder.make(into);
        for (FileManifest file : wanted) {
            if (Files.exists(into.resolve(file.file().toString()))) {
                throw new IOException(
                        into.resolve(file.file().toString()) + " is there already, and is not overwritten;"
                                + " name another folder");
            }
        }
        for (FileManifest file : wanted) {
            fetch(archive, timeline, file, into);
            fetched.accept(file);
        }
        return wanted.size();
    }

    private List<FileManifest> wanted(Archive archive, int timeline) throws IOException {
        List<FileManifest> wanted = new ArrayList<>();
        List<String> there = archive.files(timeline).stream().map(BinlogName::toString).toList();
        for (String name : names) {
            if (!there.contains(name)) {
                throw new IOException("timeline " + timeline + " has no file " + name);
            }
        }
        for (FileManifest file : archive.manifests(timeline)) {
            boolean named = names.isEmpty() || names.contains(file.file().toString());
            // Times in manifests are cut to the second.
            if (named && (since == null || !file.last().plusSeconds(1).isBefore(since))
                    && (until == null || file.first().isBefore(until))) {
                wanted.add(file);
            }
        }
        return wanted;
    }

    private static void fetch(Archive archive, int timeline, FileManifest file, Path into) throws IOException {
        Path whole = into.resolve(file.file().toString());
        Path part = into.resolve(file.file() + UNFINISHED);
        Files.deleteIfExists(part);
        try (InputStream stored = archive.open(timeline, file);
                FileChannel channel = FileChannel.open(part,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.ownFile())) {
            stored.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        AtomicFile.rename(part, whole);
    }
}
