package io.onedump.storage;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.onedump.artifact.IsoInstant;

/**
 * What an artifact is, as its sidecar says it: one {@code # key: value} line each, in the order in which they were
 * put. The keys that are known are listed in docs/checksum.md; others are kept as they are.
 *
 * @param values by key; without line breaks and other control characters, none longer than {@value #LONGEST}
 */
public record Identity(Map<String, String> values) {

    public static final String JOB = "job";
    public static final String SERIES = "series";
    public static final String HOST = "host";
    public static final String STARTED = "started";
    public static final String SIZE = "size";
    public static final String TOOL = "tool";
    public static final String PROOF = "proof";
    public static final String GTID = "gtid";

    /** Nothing is known, as of an artifact of an older version. */
    public static final Identity NONE = new Identity(Map.of());

    static final int LONGEST = 8192;
    private static final Set<String> LISTED = Set.of(JOB, SERIES, HOST, STARTED, SIZE);
    private static final int MOST = 48;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\p{Cs}\\p{Cf}]+");

    public Identity {
        Map<String, String> clean = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!LISTED.contains(key) && !KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("not a key of a sidecar: '" + key + "'");
            }
            String text = clean(value);
            // A part of a set of GTIDs would be another set.
            if (!text.isEmpty() && clean.size() < MOST && !(text.length() > LONGEST && key.equals(GTID))) {
                clean.put(key, text.length() > LONGEST ? text.substring(0, LONGEST) : text);
            }
        });
        values = Collections.unmodifiableMap(clean);
    }

    /** The text in one line: what comes from outside must not look like a line of the sidecar. */
    static String clean(String text) {
        if (text == null) {
            return "";
        }
        return (isPlain(text) ? text : UNPRINTABLE.matcher(text).replaceAll(" ")).strip();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** The same with no other values than those by which artifacts are listed and retained. */
    Identity listed() {
        if (LISTED.containsAll(values.keySet())) {
            return this;
        }
        Map<String, String> few = new LinkedHashMap<>(values);
        few.keySet().retainAll(LISTED);
        return new Identity(few);
    }

    /** The same with one value more; a null one is left out. */
    public Identity with(String key, String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Identity(more);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The id of the job that made it. */
    public Optional<String> job() {
        return get(JOB);
    }

    /** What retention counts in: path and name with everything evaluated but the dates. */
    public Optional<String> series() {
        return get(SERIES);
    }

    /** When the run began that made it; empty also when it is no time. */
    public Optional<Instant> started() {
        try {
            return get(STARTED).map(IsoInstant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Its bytes; empty also when it is no number. */
    public Optional<Long> size() {
        return get(SIZE).filter(text -> NUMBER.matcher(text).matches()).map(Long::valueOf);
    }

    /** Whether it is the artifact of that job: what is not known is not another's. */
    boolean isOfAnother(String job) {
        return job().isPresent() && !job().get().equals(clean(job));
    }
}
