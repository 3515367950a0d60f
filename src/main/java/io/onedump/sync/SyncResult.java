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
 * @param unlisted    how many more there are of the last three than their lists have
 */
public record SyncResult(String source, String destination, boolean dryRun, int files, int sent, long sentBytes,
        int unchanged, List<String> deleted, List<Finding> skipped, List<Finding> failures,
        Duration duration, Unlisted unlisted) {

    private static final int SHOWN = 20;

    /** How many things are counted but not told one by one. */
    public record Unlisted(int deleted, int skipped, int failures) {

        static final Unlisted NONE = new Unlisted(0, 0, 0);
    }

    /** With everything in the lists. */
    public SyncResult(String source, String destination, boolean dryRun, int files, int sent, long sentBytes,
            int unchanged, List<String> deleted, List<Finding> skipped, List<Finding> failures, Duration duration) {
        this(source, destination, dryRun, files, sent, sentBytes, unchanged, deleted, skipped, failures, duration,
                Unlisted.NONE);
    }

    public SyncResult {
        deleted = List.copyOf(deleted);
        skipped = List.copyOf(skipped);
        failures = List.copyOf(failures);
    }

    public int deletedFiles() {
        return deleted.size() + unlisted.deleted();
    }

    public int failedFiles() {
        return failures.size() + unlisted.failures();
    }

    public boolean ok() {
        return failures.isEmpty();
    }

    /** The first failures in one sentence each. */
    public String error() {
        String shown = failures.stream().limit(SHOWN).map(SyncResult::shown)
                .collect(Collectors.joining("; "));
        return failedFiles() <= SHOWN ? shown : shown + "; and " + (failedFiles() - SHOWN) + " more";
    }

    /** For people: one line for the outcome, one for each thing that needs attention. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%s → %s: %s %d of %d files (%d bytes), %d unchanged, %d deleted, %d failed in %.1f"
                        + " s",
                CleanText.of(source), CleanText.of(destination),
                dryRun ? "would send" : "sent", sent, files, sentBytes, unchanged, deletedFiles(), failedFiles(),
                duration.toMillis() / 1000.0));
        skipped.forEach(skip -> text.append("\n  skipped ").append(shown(skip)));
        more(text, "skipped", unlisted.skipped());
        failures.forEach(failure -> text.append("\n  failed ").append(shown(failure)));
        more(text, "failed", unlisted.failures());
        return text.toString();
    }

    private static void more(StringBuilder text, String what, int count) {
        if (count > 0) {
            text.append("\n  ").append(what).append(" and ").append(count).append(" more");
        }
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
            json.writeNumberField("deleted_count", deletedFiles());
            json.writeNumberField("skipped_count", skipped.size() + unlisted.skipped());
            json.writeNumberField("failed_count", failedFiles());
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
