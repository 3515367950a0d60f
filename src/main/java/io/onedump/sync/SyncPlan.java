package io.onedump.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.Hasher;
import io.onedump.storage.StoredObject;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceFiles;
import io.onedump.sync.source.SourceScan.Finding;
import io.onedump.sync.state.ProvedFile;

/**
 * What is to be done with each file.
 *
 * @param send      what is new or differs
 * @param unchanged how many are there as they should be
 * @param proved    what is known since this run of those that are unchanged
 * @param surplus   what is there and not in the source
 * @param failures  files that could not be read for a comparison
 */
record SyncPlan(List<SourceFile> send, int unchanged, List<ProvedFile> proved, List<StoredObject> surplus,
        List<Finding> failures) {

    /**
     * @param present what the destination has, by path
     * @param known   what was proved before, by path
     */
    static SyncPlan of(List<SourceFile> files, Map<String, StoredObject> present, Map<String, ProvedFile> known,
            SyncSettings settings, Destination destination) throws IOException {
        SyncPlan plan = new SyncPlan(new ArrayList<>(), 0, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<SourceFile> doubtful = new ArrayList<>();
        int unchanged = 0;
        Set<String> paths = new HashSet<>();
        for (SourceFile file : files) {
            paths.add(file.path());
            StoredObject there = present.get(file.path());
            if (there == null || there.size() != file.size()) {
                plan.send.add(file);
            } else if (!settings.checksum()) {
                boolean older = there.modified().isBefore(modified(file));
                unchanged += older ? 0 : 1;
                plan.send.addAll(older ? List.of(file) : List.of());
            } else if (isProved(file, there, known.get(file.path()))) {
                unchanged++;
            } else {
                doubtful.add(file);
            }
        }
        unchanged += plan.compare(doubtful, present, destination);
        present.values().stream()
                .filter(there -> !paths.contains(there.path()) && settings.filter().acceptsFile(there.path()))
                .forEach(plan.surplus::add);
        return new SyncPlan(plan.send, unchanged, plan.proved, plan.surplus, plan.failures);
    }

    private static boolean isProved(SourceFile file, StoredObject there, ProvedFile known) {
        return known != null && known.isAbout(file) && known.isAt(there.modified());
    }

    /** @return how many are the same */
    private int compare(List<SourceFile> doubtful, Map<String, StoredObject> present, Destination destination)
            throws IOException {
        if (doubtful.isEmpty()) {
            return 0;
        }
        Map<String, String> digests =
                destination.digests(doubtful.stream().map(file -> present.get(file.path())).toList());
        int same = 0;
        for (SourceFile file : doubtful) {
            String digest = digests.get(file.path());
            try {
                if (digest != null && digest.equals(sha256(file))) {
                    proved.add(ProvedFile.of(file, digest, present.get(file.path()).modified()));
                    same++;
                } else {
                    send.add(file);
                }
            } catch (IOException e) {
                failures.add(new Finding(file.path(), SourceFiles.reason(e)));
            }
        }
        return same;
    }

    private static String sha256(SourceFile file) throws IOException {
        String sha256 = Hasher.of(Files.newInputStream(file.file())).sha256();
        SourceFiles.requireUnchanged(file);
        return sha256;
    }

    private static Instant modified(SourceFile file) {
        return Instant.EPOCH.plusNanos(file.modified()).truncatedTo(ChronoUnit.SECONDS);
    }

    long bytes() {
        return send.stream().mapToLong(SourceFile::size).sum();
    }
}
