package io.onedump.slowlog.digest;

import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.parse.LogHealth;
import io.onedump.slowlog.parse.ParseHealth;

/** Puts together what the readers of some logs added up. */
final class DigestBuilder {

    private final ClassStore classes;
    private final ListedFile file;
    private final ClassSummary.Context context;
    private final DigestMemory memory;
    private final ToDoubleFunction<Profile> weight;
    private long sequence;

    /**
     * @param file   takes the listed classes when not all fit into the memory; closed with the digest
     * @param weight which classes are listed when not all can be; null for those with the most query time
     */
    DigestBuilder(ClassStore classes, ListedFile file, ClassSummary.Context context, DigestMemory memory,
            ToDoubleFunction<Profile> weight) {
        this.classes = classes;
        this.file = file;
        this.context = context;
        this.memory = memory;
        this.weight = weight;
    }

    LogDigest build(List<PieceReader> readers, List<ParseHealth> read, List<LogFailure> failures) throws IOException {
        for (PieceReader reader : readers) {
            classes.take(reader.digester().classes());
        }
        ParseHealth health = new ParseHealth();
        read.forEach(health::add);
        health.malformedValues += readers.stream().mapToLong(r -> r.digester().malformed()).sum();
        ClassStats overall = new ClassStats(new byte[0], 0);
        // What fits into the readers' memory fits packed into the digest's.
        HeaviestClasses heaviest = classes.isSpilled()
                ? new HeaviestClasses(memory.listed(), file, weight, context)
                : new HeaviestClasses(Integer.MAX_VALUE, null, weight, context);
        classes.forEach(c -> {
            overall.merge(c);
            heaviest.add(c, sequence++);
        });
        file.end();
        return new LogDigest(context.logs(), overall.profile(context.metricNames(), context.names()),
                heaviest.byTime(), heaviest.leftOut(), heaviest.leftOut() == 0 ? null : leftOutOf(heaviest),
                readers.stream().mapToLong(r -> r.digester().filtered()).sum(),
                readers.stream().mapToLong(r -> r.digester().rateLimit()).max().orElse(0), LogHealth.of(health),
                failures, file);
    }

    private Profile leftOutOf(HeaviestClasses heaviest) throws IOException {
        ClassStats others = new ClassStats(new byte[0], 0);
        sequence = 0;
        classes.forEach(c -> {
            if (heaviest.leavesOut(c, sequence++)) {
                others.merge(c);
            }
        });
        return others.profile(context.metricNames(), context.names());
    }
}
