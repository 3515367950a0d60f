package io.onedump.binlog.archive;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.onedump.binlog.event.BinlogName;

/** What the names of a timeline's objects tell of its files, without anything being read. */
final class TimelineListing {

    private final int timeline;
    private final TreeSet<BinlogName> described = new TreeSet<>();
    private final Set<BinlogName> whole = new HashSet<>();
    private final Set<BinlogName> inParts = new HashSet<>();
    private final boolean complete;

    /** @param objects of all timelines or of this one, with their folders */
    TimelineListing(int timeline, Collection<String> objects) {
        this.timeline = timeline;
        String folder = ArchiveNames.folder(timeline) + "/";
        this.complete = objects.contains(folder + Completeness.OBJECT);
        for (String object : objects) {
            if (object.startsWith(folder)) {
                String name = object.substring(folder.length());
                ArchiveNames.ofManifest(name).ifPresent(described::add);
                ArchiveNames.ofWhole(name).ifPresent(whole::add);
                ArchiveNames.ofPart(name).ifPresent(inParts::add);
            }
        }
    }

    int timeline() {
        return timeline;
    }

    /** Whether it is said until when the timeline is complete. */
    boolean saysComplete() {
        return complete;
    }

    /** The files that have a manifest, oldest first. */
    List<BinlogName> files() {
        return List.copyOf(described);
    }

    /** Whether there is an object with bytes of that file, as far as names tell. */
    boolean hasBytes(BinlogName file) {
        return whole.contains(file) || inParts.contains(file);
    }

    /**
     * Whether that file is closed: there is all of it and no part any more, and parts go last. Of what is closed but
     * has parts still, only the manifest tells.
     */
    boolean surelyClosed(BinlogName file) {
        return whole.contains(file) && !inParts.contains(file);
    }
}
