package io.onedump.sync;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonGenerator;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.sync.source.SourceScan.Finding;

/**
 * How a sync ended.
 *
 * @param source      the file or folder
 * @param destination where to, without any secret
 * @param dryRun      whether nothing was changed; what was sent and deleted is then what would be
 * @param files       found in the source
 * @param sent        files that were sent
 * @param sentBytes   their sizes together
 * @param unchanged   files that were there already
 * @param deleted     paths that were deleted from the destination
 * @param skipped     what is neither a file nor a folder
 * @param failures    what could not be sent, read or deleted
 */
public record SyncResult(String source, String destination, boolean dryRun, int files, int sent, long sentBytes,
        int unchanged, List<String> deleted, List<Finding> skipped, List<Finding> failures,
        Duration duration) {

    private static final int SHOWN = 20;

    public SyncResult {
        deleted = List.copyOf(deleted);
        skipped = List.copyOf(skipped);
        failures = List.copyOf(failures);
    }

    public boolean ok() {
        return failures.isEmpty();
    }

    /** The first failures in one sentence each. */
    public String error() {
        String shown = failures.stream().limit(SHOWN).map(SyncResult::shown)
                .collect(Collectors.joining("; "));
        return failures.size() <= SHOWN ? shown : shown + "; and " + (failures.size() - SHOWN) + " more";
    }

    /** For people: one line for the outcome, one for each thing that needs attention. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%s → %s: %s %d of %d files (%d bytes), %d unchanged, %d deleted, %d failed in %.1f"
                        + " s",
                CleanText.of(source), CleanText.of(destination),
                dryRun ? "would send" : "sent", sent, files, sentBytes, unchanged, deleted.size(), failures.size(),
                duration.toMillis() / 1000.0));
        skipped.forEach(skip -> text.append("\n  skipped ").append(shown(skip)));
        failures.forEach(failure -> text.append("\n  failed ").append(shown(failure)));
        return text.toString();
    }

    /** For programs: one line. */
    public String toJson() {
        return Json.line(json -> {
            json.writeStringField("source", source);
            json.writeStringField("destination", destination);
            json.writeBooleanField("ok", ok());
            json.writeBooleanField("dry_run", dryRun);
            json.writeNumberField("files", files);
            json.writeNumberField("sent", sent);
            json.writeNumberField("sent_bytes", sentBytes);
            json.writeNumberField("unchanged", unchanged);
            Json.strings(json, "deleted", deleted);
            Json.objects(json, "skipped", skipped, SyncResult::write);
            Json.objects(json, "failures", failures, SyncResult::write);
            json.writeNumberField("seconds", duration.toMillis() / 1000.0);
        });
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("path", finding.path());
        json.writeStringField("reason", finding.reason());
    }

    /** In one line, whatever the name is. */
    private static String shown(Finding finding) {
        return CleanText.of(finding.path() + ": " + finding.reason());
    }
}
