package io.onedump.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.onedump.binlog.restore.RestorePlan;
import io.onedump.binlog.restore.StopAt;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.drill.scratch.Scratch;
import io.onedump.drill.scratch.ScratchChoice;
import io.onedump.restore.StoredEntry;
import io.onedump.restore.choice.RestoreResult;

/** What is known so far of a drill that runs. */
final class Course {

    private final Drill drill;
    private final Instant began;
    private final List<String> findings = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private String target;
    private String dump = "";
    private String sha256 = "";
    private Instant made;
    private String scratch = "";
    private int tables;
    private long rows;
    private int compared;
    private int definitions;
    private long transactions;
    private Instant newest;
    private Duration rto;

    Course(Drill drill, Instant began) {
        this.drill = drill;
        this.began = began;
        this.target = drill.target().toString();
    }

    void find(String finding) {
        findings.add(finding);
    }

    void note(String note) {
        notes.add(note);
    }

    void chosen(StoredEntry chosen, StopAt stop) {
        dump = chosen.name();
        made = chosen.time();
        if (stop != null && !(stop instanceof StopAt.End)) {
            target += " (" + stop + ")";
        }
    }

    void into(ScratchChoice choice, Scratch server) {
        scratch = choice + ", " + server.version();
    }

    /** What came of the dump, rows compared as far as it says what they are. */
    void restored(RestoreResult result) {
        tables = result.tables();
        rows = result.rows();
        compared = result.compared();
        findings.addAll(result.different());
        notes.addAll(result.warnings());
        if (result.counted() && tables == 0) {
            notes.add("the dump has no table");
        }
    }

    void compared(int parts, List<String> differences) {
        definitions = parts;
        findings.addAll(differences);
    }

    /** @throws DrillException when what was restored is not what was dumped: then nothing is to be applied to it */
    void requireNothingFound() throws DrillException {
        if (!findings.isEmpty()) {
            throw new DrillException("the archive was not applied to it");
        }
    }

    void applied(RestorePlan plan) {
        transactions = plan.transactions();
        notes.addAll(plan.notes());
    }

    /** @param snapshot the moment that came back */
    void proved(Instant now, Instant snapshot) {
        rto = Duration.between(began, now);
        if (drill.target() == DrillTarget.DUMP || drill.target() == DrillTarget.NEXT_DUMP) {
            newest = snapshot;
        }
    }

    /** @param until the archive leads to this moment; null when that is not known */
    void reached(Instant until) {
        newest = until;
    }

    void read(String digest) {
        sha256 = digest;
    }

    DrillRecord record(Instant ended) {
        return new DrillRecord(drill.job(), target, dump, sha256, made, began, ended, scratch, tables, rows, compared,
                definitions, transactions, newest, rto, findings, List.copyOf(notes));
    }
}
