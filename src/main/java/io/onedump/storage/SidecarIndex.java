package io.onedump.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
 * @param known what it says, by the sidecar's path
 */
record SidecarIndex(Map<String, Sidecar> known) {

    static final SidecarIndex NONE = new SidecarIndex(Map.of());

    private static final Logger LOG = CleanLog.of(SidecarIndex.class);
    private static final String ENDING = ".jsonl.zst";
    private static final Pattern NAME = Pattern.compile("\\.onedump-index-[0-9a-f]{16}" + Pattern.quote(ENDING));
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int VERSION = 1;
    /** Bytes of an entry that is as long as it may be. */
    private static final long LONGEST = 64 * 1024;

    /** A sidecar that was read and is good. */
    record Remembered(StoredObject object, Sidecar sidecar) {
    }

    /** Where the index of what begins with that prefix is. */
    static String path(String prefix) throws IOException {
        String digest = Hasher.of(new ByteArrayInputStream(prefix.getBytes(StandardCharsets.UTF_8))).sha256();
        return ObjectPath.folder(prefix) + ".onedump-index-" + digest.substring(0, 16) + ENDING;
    }

    static boolean isIndex(String path) {
        return path.endsWith(ENDING) && NAME.matcher(ObjectPath.name(path)).matches();
    }

    /** What it says of the sidecar; empty when nothing. */
    Optional<Sidecar> find(StoredObject sidecar) {
        return Optional.ofNullable(known.get(sidecar.path()));
    }

    /**
     * Reads the index, as far as it is about objects that are as they were.
     *
     * @param listed by path, as the storage lists them now
     */
    static SidecarIndex load(Storage storage, String prefix, Map<String, StoredObject> listed) {
        try (InputStream in = storage.get(path(prefix), 0);
                JsonParser json = Json.parser(
                        new Limited(Compression.ZSTD.decompress(in), (listed.size() + 1) * LONGEST))) {
            return new SidecarIndex(parse(json, listed));
        } catch (ObjectNotFoundException e) {
            LOG.debug("{}: there is no index of sidecars yet", storage);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{}: the index of sidecars cannot be used: {}", storage, e.toString());
        }
        return NONE;
    }

    /** Keeps it; where that cannot be, all goes on without one. */
    static void save(Storage storage, String prefix, Collection<Remembered> all) {
        try {
            String path = path(prefix);
            storage.put(path, new BytesArtifact(ObjectPath.name(path), bytes(all)));
        } catch (IOException e) {
            LOG.debug("{}: the index of sidecars cannot be kept, so that all of them are read next time: {}", storage,
                    e.getMessage());
        }
    }

    private static byte[] bytes(Collection<Remembered> all) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = Compression.ZSTD.compress(bytes, null); JsonGenerator json = Json.objects(out)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeNumberField("entries", all.size());
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

    private static Map<String, Sidecar> parse(JsonParser json, Map<String, StoredObject> listed) throws IOException {
        Map<String, String> head = new HashMap<>();
        read(json, head, new HashMap<>());
        if (!String.valueOf(VERSION).equals(head.get("version"))) {
            throw new IOException("it is of version " + head.get("version"));
        }
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
        if (!String.valueOf(entries).equals(head.get("entries"))) {
            throw new IOException("it has " + entries + " entries, its head says " + head.get("entries"));
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
    private static final class Limited extends java.io.FilterInputStream {

        private long left;

        Limited(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
