package io.onedump.slowlog.digest;

import java.util.Comparator;
import java.util.List;

import io.onedump.slowlog.fingerprint.Distiller;
import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.LogHealth;
import io.onedump.slowlog.parse.ParseHealth;
import io.onedump.slowlog.text.LogText;
import io.onedump.slowlog.text.Names;

/** Puts together what the readers of some logs added up. */
final class DigestBuilder {

    private static final Comparator<ClassStats> MOST_TIME = Comparator.comparingLong(ClassStats::totalMicros).reversed()
            .thenComparing(Comparator.comparingLong((ClassStats c) -> c.count()).reversed())
            .thenComparingLong(c -> c.hash);

    private DigestBuilder() {
    }

    static LogDigest build(List<LogInput> logs, List<PieceReader> readers, List<ParseHealth> read,
            List<LogFailure> failures, Names.Registry metricNames, Names.Registry names) {
        ClassTable classes = readers.get(0).digester().classes();
        ParseHealth health = new ParseHealth();
        read.forEach(health::add);
        for (PieceReader reader : readers.subList(1, readers.size())) {
            classes.merge(reader.digester().classes());
        }
        health.malformedValues += readers.stream().mapToLong(r -> r.digester().malformed()).sum();
        ClassStats overall = new ClassStats(new byte[0], 0);
        classes.classes().forEach(overall::merge);
        overall.merge(classes.other());
        List<ClassSummary> summaries = classes.classes().stream().sorted(MOST_TIME)
                .map(c -> summary(c, metricNames, names)).toList();
        return new LogDigest(logs.stream().map(LogInput::name).toList(), overall.profile(metricNames, names), summaries,
                classes.other().count() == 0 ? null : classes.other().profile(metricNames, names),
                readers.stream().mapToLong(r -> r.digester().filtered()).sum(),
                readers.stream().mapToLong(r -> r.digester().rateLimit()).max().orElse(0),
                LogHealth.of(health), failures);
    }

    private static ClassSummary summary(ClassStats stats, Names.Registry metricNames, Names.Registry names) {
        String fingerprint = LogText.text(stats.fingerprint, 0, stats.fingerprint.length);
        return new ClassSummary(ClassSummary.id(stats.fingerprint), fingerprint, Distiller.distill(fingerprint),
                stats.profile(metricNames, names), stats.sample());
    }
}
