package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody knows and has taken care of: gaps, and timelines that began because the one before was broken. Such no
 * longer alarm.
 *
 * @param timelines by number
 * @param gaps      by {@link Gap#key()}
 */
public record Acceptance(Set<Integer> timelines, Set<String> gaps) {

    static final String OBJECT = "accepted";
    private static final String HEAD = "onedump-accepted 1";

    public Acceptance {
        timelines = Set.copyOf(timelines);
        gaps = Set.copyOf(gaps);
    }

    /** That of an archive; nothing is accepted where nobody has said so. */
    static Acceptance of(Archive archive) throws IOException {
        Optional<String> text = archive.text(OBJECT);
        Set<Integer> timelines = new TreeSet<>();
        Set<String> gaps = new TreeSet<>();
        if (text.isPresent()) {
            try {
                for (String[] line : ArchiveText.parse(HEAD, "accepted", text.get())) {
                    if (line[0].equals("timeline")) {
                        timelines.add(Integer.parseInt(line[1]));
                    } else if (line[0].equals("gap")) {
                        gaps.add(line[1]);
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("the archive's object '" + OBJECT + "' cannot be read: " + e.getMessage()
                        + "; remove it, and accept again what is known", e);
            }
        }
        return new Acceptance(timelines, gaps);
    }

    /**
     * Accepts all that an archive's newest timeline lacks, and that timeline itself.
     *
     * @return what was not accepted before, in words
     */
    public static List<String> accept(Archive archive, Clock clock) throws IOException {
        Optional<TimelineListing> newest = archive.newest();
        if (newest.isEmpty()) {
            return List.of();
        }
        Acceptance before = of(archive);
        List<String> news = new ArrayList<>();
        Set<Integer> timelines = new TreeSet<>(before.timelines());
        Set<String> gaps = new TreeSet<>(before.gaps());
        int timeline = newest.get().timeline();
        if (timeline > 1 && timelines.add(timeline)) {
            news.add("timeline " + timeline);
        }
        for (Gap gap : ArchiveStatus.findGaps(archive, newest.get())) {
            if (gaps.add(gap.key())) {
                news.add("gap " + gap);
            }
        }
        if (!news.isEmpty()) {
            ArchiveText text = new ArchiveText().line("accepted", clock.instant());
            timelines.forEach(number -> text.line("timeline", number));
            gaps.forEach(gap -> text.line("gap", gap));
            archive.put(OBJECT, text.under(HEAD));
        }
        return news;
    }
}
