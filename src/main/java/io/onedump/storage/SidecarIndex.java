package io.onedump.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.Json;
import org.slf4j.Logger;

/**
 * What the sidecars below a prefix said when they were last read, in one object beside them, so that retention need not
 * read each of them again. It is a memory and no more: what it says of a sidecar counts only while the storage lists
 * that sidecar as it was, and where the index is missing, damaged or another's, all are read. Its format is in
 * docs/retention.md.
 *
 * @param bytes of the object; empty where there is none
 */
record SidecarIndex(byte[] bytes) {

    static final SidecarIndex NONE = new SidecarIndex(new byte[0]);

    private static final Logger LOG = CleanLog.of(SidecarIndex.class);
    private static final String BOUNDS = "bounds";
    private static final String ENDING = ".jsonl.zst";
    private static final Pattern NAME = Pattern.compile("\\.onedump-index-[0-9a-f]{16}" + Pattern.quote(ENDING));
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int VERSION = 1;
    /** Bytes of an entry that is as long as it may be. */
    private static final long LONGEST = 64 * 1024;
    /** Bytes of one of several hundred thousand entries. */
    private static final int LARGEST = 64 << 20;
    /** As many objects as S3 and what is like it list in a page. */
    private static final int PAGE = 1000;
    private static final int MOST_BOUNDS = 1000;

    /** A sidecar that was read and is good. */
    record Remembered(StoredObject object, Sidecar sidecar) {
    }

    /** Its first line. */
    private record Head(String entries, List<String> bounds) {
    }

    /** Where the index of what begins with that prefix is. */
    static String path(String prefix) throws IOException {
        String digest = Hasher.of(new ByteArrayInputStream(prefix.getBytes(StandardCharsets.UTF_8))).sha256();
        return ObjectPath.folder(prefix) + ".onedump-index-" + digest.substring(0, 16) + ENDING;
    }

    static boolean isIndex(String path) {
        return path.endsWith(ENDING) && NAME.matcher(ObjectPath.name(path)).matches();
    }

    /** As it is; what it says is looked at later. */
    static SidecarIndex load(Storage storage, String prefix) {
        try (InputStream in = storage.get(path(prefix), 0)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            return bytes.length > LARGEST ? NONE : new SidecarIndex(bytes);
        } catch (ObjectNotFoundException e) {
            LOG.debug("{}: there is no index of sidecars yet", storage);
        } catch (IOException e) {
            LOG.debug("{}: the index of sidecars cannot be read: {}", storage, e.getMessage());
        }
        return NONE;
    }

    /** Where a list of all that there was can be divided into pages; empty where that is not known. */
    List<String> bounds() {
        try (JsonParser json = parser(LONGEST * MOST_BOUNDS)) {
            return head(json).bounds();
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
    }

    /**
     * What it says, by the sidecar's path, as far as it is about objects that are as they were.
     *
     * @param listed by path, as the storage lists them now
     */
    Map<String, Sidecar> known(Map<String, StoredObject> listed) {
        if (bytes.length == 0) {
            return Map.of();
        }
        try (JsonParser json = parser((listed.size() + MOST_BOUNDS) * LONGEST)) {
            return parse(json, listed);
        } catch (IOException | RuntimeException e) {
            LOG.debug("the index of sidecars cannot be used: {}", e.toString());
            return Map.of();
        }
    }

    private JsonParser parser(long longest) throws IOException {
        return Json.parser(new Limited(Compression.ZSTD.decompress(new ByteArrayInputStream(bytes)), longest));
    }

    /**
     * Keeps it; where that cannot be, all goes on without one.
     *
     * @param listed the paths of all objects
     */
    static void save(Storage storage, String prefix, Collection<Remembered> all, Collection<String> listed) {
        try {
            String path = path(prefix);
            storage.put(path, new BytesArtifact(ObjectPath.name(path), bytes(all, bounds(listed))));
        } catch (IOException e) {
            LOG.debug("{}: the index of sidecars cannot be kept, so that all of them are read next time: {}", storage,
                    e.getMessage());
        }
    }

    private static List<String> bounds(Collection<String> listed) {
        List<String> sorted = listed.stream().sorted().toList();
        int step = Math.max(PAGE, sorted.size() / MOST_BOUNDS + 1);
        List<String> bounds = new ArrayList<>();
        for (int i = step - 1; i < sorted.size() - 1; i += step) {
            bounds.add(sorted.get(i));
        }
        return bounds;
    }

    private static byte[] bytes(Collection<Remembered> all, List<String> bounds) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = Compression.ZSTD.compress(bytes, null); JsonGenerator json = Json.objects(out)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeNumberField("entries", all.size());
            Json.strings(json, BOUNDS, bounds);
            json.writeEndObject();
            for (Remembered each : all) {
                json.writeRaw('\n');
                write(json, each);
            }
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Remembered each) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", each.object().path());
        json.writeNumberField("size", each.object().size());
        json.writeStringField("modified", String.valueOf(each.object().modified()));
        json.writeStringField("tag", each.object().tag());
        json.writeStringField("sha256", each.sidecar().sha256());
        json.writeObjectFieldStart("says");
        for (Map.Entry<String, String> value : each.sidecar().identity().listed().values().entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Head head(JsonParser json) throws IOException {
        Map<String, String> head = new HashMap<>();
        List<String> bounds = new ArrayList<>();
        json.nextToken();
        while (json.nextToken() != null && json.currentToken() != JsonToken.END_OBJECT) {
            if (json.currentToken().isScalarValue() && json.currentName() != null) {
                head.put(json.currentName(), json.getText());
            } else if (json.currentToken() == JsonToken.VALUE_STRING && bounds.size() < MOST_BOUNDS) {
                bounds.add(json.getText());
            }
        }
        if (!String.valueOf(VERSION).equals(head.get("version"))) {
            throw new IOException("it is of version " + head.get("version"));
        }
        return new Head(head.get("entries"), bounds);
    }

    private static Map<String, Sidecar> parse(JsonParser json, Map<String, StoredObject> listed) throws IOException {
        Head head = head(json);
        Map<String, Sidecar> known = new HashMap<>();
        Map<String, String> shared = new HashMap<>();
        long entries = 0;
        Map<String, String> entry = new HashMap<>();
        Map<String, String> says = new LinkedHashMap<>();
        for (; read(json, entry, says); entry.clear(), says.clear()) {
            entries++;
            StoredObject now = listed.get(entry.get("path"));
            if (now != null && isSame(entry, now) && SHA256.matcher(entry.getOrDefault("sha256", "")).matches()) {
                says.replaceAll((key, value) -> key.equals(Identity.STARTED) || key.equals(Identity.SIZE)
                        ? value
                        : shared.computeIfAbsent(value, same -> same));
                String artifact = ObjectPath.name(Sidecar.artifact(now.path()));
                known.put(now.path(), new Sidecar(entry.get("sha256"), artifact, new Identity(says).listed()));
            }
        }
        if (!String.valueOf(entries).equals(head.entries())) {
            throw new IOException("it has " + entries + " entries, its head says " + head.entries());
        }
        return known;
    }

    /** An object of texts and numbers, and the one in it; false at the end. */
    private static boolean read(JsonParser json, Map<String, String> values, Map<String, String> inner)
            throws IOException {
        if (json.nextToken() == null) {
            return false;
        }
        Map<String, String> into = values;
        for (int depth = 1; depth > 0;) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new IOException("it ends too early");
            } else if (token == JsonToken.START_OBJECT) {
                depth++;
                into = inner;
            } else if (token == JsonToken.END_OBJECT) {
                depth--;
                into = values;
            } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                into.put(json.currentName(), json.getText());
            }
        }
        return true;
    }

    private static boolean isSame(Map<String, String> entry, StoredObject now) {
        return String.valueOf(now.size()).equals(entry.get("size"))
                && (now.tag() == null
                        ? now.modified() != null && !entry.containsKey("tag")
                                && now.modified().toString().equals(entry.get("modified"))
                        : Objects.equals(now.tag(), entry.get("tag")));
    }

    /**
     * Whether an object that the storage listed at a moment, by its clock, cannot change any more without being listed
     * otherwise: file systems tell times apart only by seconds.
     */
    static boolean isSettled(StoredObject object, Instant listed) {
        return object.tag() != null
                || object.modified() != null && object.modified().isBefore(listed.minusSeconds(2));
    }

    /** A small object may decompress to anything. */
    private static final class Limited extends BulkInputStream {

        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("it is too large");
            }
            return read;
        }
    }
}
