package io.onedump.drill.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.onedump.artifact.Json;

/**
 * What one drill did and found.
 *
 * @param job          whose dumps were drilled
 * @param target       to where: docs/drill.md lists the words
 * @param dump         that was restored; empty when it did not come to that
 * @param sha256       of that dump, as its sidecar says and as it was read; empty when it was not read
 * @param made         when its run began; null when it did not come to that
 * @param began        of the drill
 * @param ended        of the drill
 * @param scratch      where it was restored, with the server's version
 * @param tables       how many the dump has
 * @param rows         how many it has in them
 * @param compared     of how many tables the rows were compared
 * @param definitions  how many tables, views, routines, triggers, events and accounts were compared
 * @param transactions that were applied behind the dump
 * @param newest       the newest moment that the drill has proved to come back; null when none
 * @param rto          from the command to the proof; null without one
 * @param findings     everything that is not as it was; empty when all is
 * @param notes        what was not looked at, and why
 */
public record DrillRecord(String job, String target, String dump, String sha256, Instant made, Instant began,
        Instant ended, String scratch, int tables, long rows, int compared, int definitions, long transactions,
        Instant newest, Duration rto, List<String> findings, List<String> notes) {

    /** Version of the form. */
    private static final int FORM = 1;

    public DrillRecord {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Whether the dump came back, all of it was compared, and nothing was different. */
    public boolean proved() {
        return findings.isEmpty() && rto != null && compared == tables && definitions > 0;
    }

    /** How much would be lost now: from the newest moment that is proved to the drill; null without a proof. */
    public Duration rpo() {
        return newest == null || rto == null ? null : Duration.between(newest, began);
    }

    /**
     * For programs, and for the next record to refer to.
     *
     * @param previous SHA-256 of the record before, as it is stored; empty for the first
     */
    public String json(String previous) {
        return Json.indented(json -> {
            json.writeNumberField("form", FORM);
            json.writeStringField("job", job);
            json.writeBooleanField("proved", proved());
            json.writeStringField("target", target);
            json.writeStringField("dump", dump);
            json.writeStringField("sha256", sha256);
            json.writeStringField("made", text(made));
            json.writeStringField("began", text(began));
            json.writeStringField("ended", text(ended));
            json.writeStringField("scratch", scratch);
            json.writeNumberField("tables", tables);
            json.writeNumberField("rows", rows);
            json.writeNumberField("compared", compared);
            json.writeNumberField("definitions", definitions);
            json.writeNumberField("transactions", transactions);
            json.writeStringField("newest", text(newest));
            if (rto != null) {
                json.writeNumberField("rto_seconds", seconds(rto));
            }
            if (rpo() != null) {
                json.writeNumberField("rpo_seconds", seconds(rpo()));
            }
            Json.strings(json, "findings", findings);
            Json.strings(json, "notes", notes);
            json.writeStringField("previous", previous);
        });
    }

    private static String text(Instant time) {
        return time == null ? "" : time.toString();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** For people, a line each; the first says how it ended. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("drill of " + job + ": " + (proved()
                ? "proved"
                : findings.isEmpty() ? "restored, not proved" : "FAILED"));
        if (!dump.isEmpty()) {
            lines.add("dump     " + dump + "  (" + made + ")");
        }
        if (!scratch.isEmpty()) {
            lines.add("into     " + scratch);
        }
        if (rto != null) {
            lines.add(String.format(Locale.ROOT, "rows     %,d in %,d %s, %,d of them compared", rows, tables,
                    tables == 1 ? "table" : "tables", compared));
            lines.add("others   " + definitions + " definitions compared");
        }
        if (!target.equals("dump") && rto != null) {
            lines.add("archive  " + transactions + (transactions == 1 ? " transaction" : " transactions") + ", to "
                    + target);
        }
        if (rto != null) {
            lines.add(String.format(Locale.ROOT, "RTO      %.1f s", seconds(rto)));
        }
        if (rpo() != null) {
            lines.add(String.format(Locale.ROOT, "RPO      %.1f s, to %s", seconds(rpo()), newest));
        }
        findings.forEach(finding -> lines.add("FOUND    " + finding));
        notes.forEach(note -> lines.add("note     " + note));
        return lines;
    }
}
