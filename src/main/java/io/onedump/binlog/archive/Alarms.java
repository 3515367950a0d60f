package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.FileClaim;
import io.onedump.storage.Machine;

/** What is wrong with an archive, one sentence each with what to do. */
final class Alarms {

    private static final String LOCK = ".lock";

    private final List<String> all = new ArrayList<>();
    private final Watch watch;
    private final Instant now;

    Alarms(Watch watch, Instant now) {
        this.watch = watch;
        this.now = now;
    }

    List<String> all() {
        return all;
    }

    void add(String alarm) {
        all.add(alarm);
    }

    void lag(long bytes, Duration lag) {
        if (lag.compareTo(watch.maxLag()) > 0) {
            all.add("the archive is " + lag.toSeconds() + " s behind, more than " + watch.maxLag().toSeconds());
        }
        if (bytes > watch.maxLagBytes()) {
            all.add("the archive lacks " + bytes + " bytes, more than " + watch.maxLagBytes());
        }
    }

    void gaps(List<Gap> gaps) {
        if (!gaps.isEmpty()) {
            all.add("there is a gap, which no restore crosses: make a new full backup, then type 'onedump binlog"
                    + " accept-gap'");
        }
    }

    void timeline(int number, boolean accepted) {
        if (!accepted) {
            all.add("timeline " + number + " began, and no restore leads from an older one to it: make a new full"
                    + " backup, then type 'onedump binlog accept-gap'");
        }
    }

    /** @return what the archiver does, in a word or two */
    String archiver(Claim claim) {
        if (claim == null) {
            return "unknown";
        }
        String state = state(claim);
        if (!state.equals("running") && !state.equals("ended")) {
            all.add(claim.whose() + ": " + state);
        }
        return state;
    }

    private String state(Claim claim) {
        String trouble = claim.trouble().isEmpty() ? "" : ": " + claim.trouble();
        return switch (claim.state()) {
            case RUNNING -> !claim.lives(now) || isAbandoned(claim)
                    ? "dead, last seen at " + claim.seen() + trouble
                    : trouble.isEmpty() ? "running" : "in trouble" + trouble;
            case FAILED -> "it has given up at " + claim.seen() + trouble;
            case ENDED -> claim.follows()
                    ? "stopped at " + claim.seen() + trouble
                    : trouble.isEmpty() ? "ended" : "the last run, at " + claim.seen() + ", failed" + trouble;
        };
    }

    /** Whether it was on this machine, and no process has its spool folder. */
    private boolean isAbandoned(Claim claim) {
        Path lock = isHere(claim) ? watch.staging().resolve(LOCK) : null;
        return lock != null && Files.exists(lock) && FileClaim.isAbandoned(lock);
    }

    private boolean isHere(Claim claim) {
        return watch.staging() != null && claim.host().equals(Machine.name())
                && claim.spool().equals(watch.staging().toString());
    }

    /** @param claim null when nobody has claimed the archive */
    void spool(Claim claim) throws IOException {
        Path staging = watch.staging();
        if (staging == null || !Files.isDirectory(staging) || claim != null && !isHere(claim)) {
            return;
        }
        SpoolRoom room = new SpoolRoom(staging);
        if (room.isFull()) {
            all.add("the disk of the spool folder " + staging + " is full: " + room.free() + " bytes are free");
        }
    }
}
