package io.onedump.sync;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
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

    private static final JsonFactory JSON = new JsonFactory();
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
        String shown = failures.stream().limit(SHOWN).map(failure -> failure.path() + ": " + failure.reason())
                .collect(Collectors.joining("; "));
        return failures.size() <= SHOWN ? shown : shown + "; and " + (failures.size() - SHOWN) + " more";
    }

    /** For people: one line for the outcome, one for each thing that needs attention. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%s → %s: %s %d of %d files (%d bytes), %d unchanged, %d deleted, %d failed in %.1f"
                        + " s",
                source, destination,
                dryRun ? "would send" : "sent", sent, files, sentBytes, unchanged, deleted.size(), failures.size(),
                duration.toMillis() / 1000.0));
        skipped.forEach(skip -> text.append("\n  skipped ").append(shown(skip)));
        failures.forEach(failure -> text.append("\n  failed ").append(shown(failure)));
        return text.toString();
    }

    /** For programs: one line. */
    public String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("source", source);
            json.writeStringField("destination", destination);
            json.writeBooleanField("ok", ok());
            json.writeBooleanField("dry_run", dryRun);
            json.writeNumberField("files", files);
            json.writeNumberField("sent", sent);
            json.writeNumberField("sent_bytes", sentBytes);
            json.writeNumberField("unchanged", unchanged);
            json.writeFieldName("deleted");
            json.writeArray(deleted.toArray(String[]::new), 0, deleted.size());
            write(json, "skipped", skipped);
            write(json, "failures", failures);
            json.writeNumberField("seconds", duration.toMillis() / 1000.0);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes everything", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, String name, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart(name);
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("path", finding.path());
            json.writeStringField("reason", finding.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** In one line, whatever the name is. */
    private static String shown(Finding finding) {
        return finding.path().replaceAll("\\p{Cntrl}", "?") + ": " + finding.reason();
    }
}
