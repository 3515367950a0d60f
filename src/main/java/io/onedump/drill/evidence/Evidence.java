package io.onedump.drill.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.Json;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;

/**
 * The records of a job's drills in a storage, each with the SHA-256 of the one before, so that none can be changed, and
 * none but the newest taken out, unseen.
 *
 * @param folder of the storage, ending in a slash; empty for none
 */
public record Evidence(Storage storage, String folder, String job) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int LONGEST = 16 << 20;
    private static final String JSON = ".json";
    private static final String PAGE = ".md";

    private String prefix() {
        return folder + "drill-" + job + "-";
    }

    /** Paths of the records, the oldest first. */
    private List<String> paths() throws IOException {
        return storage.list(prefix()).stream().map(StoredObject::path)
                .filter(path -> path.substring(prefix().length()).matches("\\d{8}-\\d{6}" + "\\" + JSON)).sorted()
                .toList();
    }

    /**
     * Stores a record, and beside it the same for people.
     *
     * @return the path of the record
     */
    public String add(DrillRecord record) throws IOException {
        List<String> paths = paths();
        String previous = paths.isEmpty() ? "" : sha256(read(paths.get(paths.size() - 1)));
        String path = prefix() + TIME.format(record.ended());
        byte[] json = record.json(previous).getBytes(StandardCharsets.UTF_8);
        put(path + JSON, json);
        put(path + PAGE, page(record, sha256(json), previous).getBytes(StandardCharsets.UTF_8));
        return path + JSON;
    }

    private void put(String path, byte[] bytes) throws IOException {
        storage.replace(path, null, new BytesArtifact(path.substring(path.lastIndexOf('/') + 1), bytes));
    }

    private static String page(DrillRecord record, String own, String previous) {
        StringBuilder page = new StringBuilder("# ").append(CleanText.of(record.lines().get(0))).append("\n\n");
        record.lines().stream().skip(1).forEach(line -> page.append("    ").append(CleanText.of(line)).append('\n'));
        return page.append("\nBegan ").append(record.began()).append(", ended ").append(record.ended())
                .append(".\n\nSHA-256 of the record: `").append(own).append("`\n\nof the one before: ")
                .append(previous.isEmpty() ? "there is none" : "`" + previous + "`").append('\n').toString();
    }

    /**
     * Follows the chain.
     *
     * @param  records how many there are
     * @param  broken  where a record is not what the next one says of it, or cannot be read; empty when all fits
     */
    public record Chain(int records, List<String> broken) {
    }

    /** Reads all records and compares each with what the next one says of it. */
    public Chain check() throws IOException {
        List<String> broken = new ArrayList<>();
        List<String> paths = paths();
        String before = null;
        for (String path : paths) {
            byte[] bytes = read(path);
            try {
                Map<String, Object> record = Json.read(bytes);
                Object previous = record.get("previous");
                if (before != null && !before.equals(previous)) {
                    broken.add(path + ": the record before it was changed, or one in between is missing");
                } else if (before == null && !"".equals(previous)) {
                    broken.add(path + ": it is the oldest, and says that there was one before it");
                }
            } catch (IOException e) {
                broken.add(path + ": it is no record: " + e.getMessage());
            }
            before = sha256(bytes);
            checkPage(path, before, broken);
        }
        return new Chain(paths.size(), broken);
    }

    /** The page beside a record holds its SHA-256, so that the newest one is held by something too. */
    private void checkPage(String path, String sha256, List<String> broken) throws IOException {
        String page = path.substring(0, path.length() - JSON.length()) + PAGE;
        try {
            if (!new String(read(page), StandardCharsets.UTF_8).contains("`" + sha256 + "`")) {
                broken.add(path + ": it is not the record that " + page + " tells of");
            }
        } catch (ObjectNotFoundException e) {
            broken.add(path + ": there is no " + page);
        }
    }

    private byte[] read(String path) throws IOException {
        try (InputStream in = storage.get(path, 0)) {
            return in.readNBytes(LONGEST);
        }
    }

    private static String sha256(byte[] bytes) throws IOException {
        return Hasher.of(new ByteArrayInputStream(bytes)).sha256();
    }
}
