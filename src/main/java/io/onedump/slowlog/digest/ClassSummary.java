package io.onedump.slowlog.digest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.List;

import io.onedump.slowlog.fingerprint.Distiller;
import io.onedump.slowlog.text.LogText;
import io.onedump.slowlog.text.Names;

/**
 * One class of a digest. There may be very many, so it is kept packed, in a file when all do not fit into the memory:
 * {@link #profile} and the other parts are made anew each time that they are asked for, for as long as the digest is
 * open.
 */
public final class ClassSummary {

    /** What the numbers of names stand for, and the names of the logs. */
    record Context(Names.Registry metricNames, Names.Registry names, List<String> logs) {
    }

    /** The most query time first; the order of fingerprints where that is the same. */
    static final Comparator<ClassSummary> MOST_TIME = Comparator.comparingLong(ClassSummary::queryMicros).reversed()
            .thenComparing(Comparator.comparingLong(ClassSummary::count).reversed())
            .thenComparingLong(c -> c.sequence);

    /** Where a packed class is. */
    private interface Packed {

        byte[] bytes() throws IOException;
    }

    /** Bytes of memory that one takes that is in a file, with its place and its rank. */
    static final int FOOTPRINT_IN_FILE = 200;

    private final Packed packed;
    private final Context context;
    private final long sequence;
    private final long count;
    private final long queryMicros;
    private final boolean literals;

    /** @param sequence number of the class in the order of fingerprints */
    static ClassSummary inMemory(ClassStats stats, long sequence, Context context) {
        byte[] packed = packed(stats);
        return new ClassSummary(() -> packed, context, sequence, stats.count(), stats.totalMicros(), true);
    }

    /** @param sequence number of the class in the order of fingerprints */
    static ClassSummary inFile(ListedFile file, ClassStats stats, long sequence, Context context) throws IOException {
        byte[] packed = packed(stats);
        long at = file.add(packed);
        int length = packed.length;
        return new ClassSummary(() -> file.read(at, length), context, sequence, stats.count(), stats.totalMicros(),
                true);
    }

    private ClassSummary(Packed packed, Context context, long sequence, long count, long queryMicros,
            boolean literals) {
        this.packed = packed;
        this.context = context;
        this.sequence = sequence;
        this.count = count;
        this.queryMicros = queryMicros;
        this.literals = literals;
    }

    private static byte[] packed(ClassStats stats) {
        stats.settle();
        PackedWriter out = new PackedWriter();
        stats.write(out);
        return out.toBytes();
    }

    ClassSummary withoutLiterals() {
        return new ClassSummary(packed, context, sequence, count, queryMicros, false);
    }

    /** Its events. */
    public long count() {
        return count;
    }

    /** The sum of their query times in microseconds. */
    public long queryMicros() {
        return queryMicros;
    }

    /** The sum of their query times in seconds. */
    public double querySeconds() {
        return queryMicros / 1e6;
    }

    /** Last 16 hexadecimal digits of the fingerprint's MD5, as pt-query-digest has it. */
    public String id() {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(stats().fingerprint);
            return String.format("%032X", new BigInteger(1, md5)).substring(16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** See {@link io.onedump.slowlog.fingerprint.Fingerprinter}. */
    public String fingerprint() {
        byte[] fingerprint = stats().fingerprint;
        return LogText.text(fingerprint, 0, fingerprint.length);
    }

    /** What it does with which tables: {@code SELECT shop.orders}. */
    public String item() {
        return Distiller.distill(fingerprint());
    }

    /** What its events came to. */
    public Profile profile() {
        Profile profile = stats().profile(context.metricNames(), context.names());
        return literals ? profile : profile.withoutLiterals();
    }

    /** Its slowest event. */
    public Sample sample() {
        Sample sample = stats().sample();
        return literals || sample == null ? sample : sample.withoutLiterals();
    }

    private ClassStats stats() {
        try {
            return ClassStats.read(packed.bytes(), context.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
