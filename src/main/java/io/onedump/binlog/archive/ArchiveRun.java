package io.onedump.binlog.archive;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Json;

/**
 * How a run ended.
 *
 * @param files  that have become whole in the storage
 * @param bytes  of binlog, before compression, that were stored
 * @param sourceErrors  one sentence each for what went wrong on the way from the server
 * @param storageErrors one sentence for each file that the storage did not take
 */
public record ArchiveRun(Instant finishedAt, int files, long bytes, List<String> sourceErrors,
        List<String> storageErrors) {

    public ArchiveRun {
        sourceErrors = List.copyOf(sourceErrors);
        storageErrors = List.copyOf(storageErrors);
    }

    public boolean ok() {
        return errors().isEmpty();
    }

    public List<String> errors() {
        return Stream.concat(sourceErrors.stream(), storageErrors.stream()).toList();
    }

    /** One line: {@code {"finished_at":"…","files":3,"bytes":1048576,"ok":true,"error":""}}. */
    public String json() {
        return Json.line(json -> {
            json.writeStringField("finished_at", finishedAt.toString());
            json.writeNumberField("files", files);
            json.writeNumberField("bytes", bytes);
            json.writeBooleanField("ok", ok());
            json.writeStringField("error", String.join("; ", errors()));
        });
    }
}
