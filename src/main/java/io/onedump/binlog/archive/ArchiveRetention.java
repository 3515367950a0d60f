package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.event.BinlogName;
import org.slf4j.Logger;

/**
 * Thins an archive from its old end, whole files only and one after the other, so that there is never a hole: it ends
 * at the first file that a rule wants. The newest file of all stays, and nothing goes without a rule.
 *
 * @param keepWithin the age up to which files are kept; null for no such rule
 * @param dumps      those that are to be rolled forward; null for no such rule
 * @param margin     how much more than a dump needs is kept
 */
public record ArchiveRetention(TemporalAmount keepWithin, List<KeptDump> dumps, Duration margin) {

    private static final Logger LOG = CleanLog.of(ArchiveRetention.class);

    public ArchiveRetention {
        dumps = dumps == null ? null : List.copyOf(dumps);
        if (margin.isNegative()) {
            throw new IllegalArgumentException("option keepMargin: it must not be negative: " + margin);
        }
    }

    /** A file that may go. */
    private record Old(int timeline, FileManifest manifest, boolean last) {
    }

    /**
     * What happens to a file, or has to be known, in words.
     *
     * @param warning whether somebody has to do something about it
     */
    public record Decision(String text, boolean warning) {
    }

    /**
     * Applies the rules.
     *
     * @param dryRun whether nothing is removed
     * @return       what was, or would be, removed, and which dumps cannot be rolled forward
     */
    public List<Decision> run(Archive archive, Instant now, boolean dryRun) throws IOException {
        List<Decision> decisions = new ArrayList<>();
        if (keepWithin == null && dumps == null) {
            return decisions;
        }
        if (dumps != null && dumps.isEmpty()) {
            decisions.add(new Decision("the job that keepFor names has kept no dump, so that nothing of the archive is"
                    + " removed", true));
            return decisions;
        }
        List<String> objects = archive.objects();
        List<Old> old = old(archive, objects, now);
        for (Old file : old) {
            if (!dryRun) {
                remove(archive, objects, file);
            }
            decisions.add(new Decision((dryRun ? "would remove " : "removed ")
                    + ArchiveNames.object(file.timeline(), file.manifest().file().toString())
                    + ": its newest event, of "
                    + file.manifest().last() + ", is older than anything that is wanted", false));
        }
        decisions.addAll(lost(archive, objects, old));
        return decisions;
    }

    private List<Old> old(Archive archive, List<String> objects, Instant now) throws IOException {
        List<Old> old = new ArrayList<>();
        List<Integer> timelines = timelines(objects);
        for (int timeline : timelines) {
            boolean newest = timeline == timelines.get(timelines.size() - 1);
            List<BinlogName> files = new TimelineListing(timeline, objects).files();
            if (files.isEmpty()) {
                continue;
            }
            Instant end = archive.present(timeline, files.get(files.size() - 1)).last();
            for (int i = 0; i < files.size(); i++) {
                boolean last = i + 1 == files.size();
                FileManifest file = archive.present(timeline, files.get(i));
                if (newest && last || isWanted(file, newest, end, now)) {
                    return old;
                }
                old.add(new Old(timeline, file, last));
            }
        }
        return old;
    }

    private static List<Integer> timelines(List<String> objects) {
        TreeSet<Integer> timelines = new TreeSet<>();
        objects.forEach(name -> ArchiveNames.timeline(name).ifPresent(timelines::add));
        return List.copyOf(timelines);
    }

    private boolean isWanted(FileManifest file, boolean newestTimeline, Instant end, Instant now) {
        if (keepWithin != null && !file.last().isBefore(now.atZone(ZoneOffset.UTC).minus(keepWithin).toInstant())) {
            return true;
        }
        return dumps != null && dumps.stream().anyMatch(dump -> isNeeded(dump, file, newestTimeline, end));
    }

    /** By time, and by place too, because clocks may be wrong: it is needed if either says so. */
    private boolean isNeeded(KeptDump dump, FileManifest file, boolean newestTimeline, Instant end) {
        Instant from = dump.time().minus(margin);
        if (!file.last().isBefore(from)) {
            return true;
        }
        boolean mayBelong = (newestTimeline || !end.isBefore(from))
                && (dump.server().isEmpty() || file.server().isEmpty() || dump.server().equals(file.server()));
        return mayBelong && dump.file() != null && dump.file().base().equals(file.file().base())
                && file.file().compareTo(dump.file()) >= 0;
    }

    private static void remove(Archive archive, List<String> objects, Old file) throws IOException {
        String folder = ArchiveNames.folder(file.timeline()) + "/";
        BinlogName name = file.manifest().file();
        archive.remove(file.timeline(), name, objects);
        if (file.last()) {
            archive.delete(folder + Completeness.OBJECT);
        }
        LOG.info("retention removed {}{}", folder, name);
    }

    /** Dumps from before what is there, or will be there, of the archive. */
    private List<Decision> lost(Archive archive, List<String> objects, List<Old> removed) throws IOException {
        List<Decision> lost = new ArrayList<>();
        if (dumps == null) {
            return lost;
        }
        Optional<FileManifest> oldest = oldest(archive, objects, removed);
        for (KeptDump dump : dumps) {
            if (oldest.isPresent() && dump.time().isBefore(oldest.get().first())
                    && (dump.file() == null || dump.file().compareTo(oldest.get().file()) < 0)) {
                lost.add(new Decision("dump " + dump.name() + " of " + dump.time() + " cannot be rolled forward: the"
                        + " archive begins with " + oldest.get().file() + " at " + oldest.get().first(), true));
            }
        }
        return lost;
    }

    private static Optional<FileManifest> oldest(Archive archive, List<String> objects, List<Old> removed)
            throws IOException {
        int gone = removed.size();
        for (int timeline : timelines(objects)) {
            List<BinlogName> files = new TimelineListing(timeline, objects).files();
            if (gone < files.size()) {
                return Optional.of(archive.present(timeline, files.get(gone)));
            }
            gone -= files.size();
        }
        return Optional.empty();
    }
}
