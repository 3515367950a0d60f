package io.onedump.storage;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of looking for an artifact's sidecar. That it is missing, damaged, or cannot be read now are three things,
 * and none of them says anything about the artifact.
 *
 * @param sidecar null unless the state is {@link State#GOOD}
 * @param problem what is wrong, for people; null when nothing is
 * @param text    what a damaged one holds, as far as it was read; else null
 */
public record SidecarReading(State state, Sidecar sidecar, String problem, String text) {

    private static final Pattern OWNER =
            Pattern.compile("(?m)^# (" + Identity.JOB + "|" + Identity.HOST + "): (.+)$");

    /** See {@link SidecarReading}. */
    public enum State {
        GOOD, MISSING, DAMAGED, UNREADABLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final SidecarReading MISSING = new SidecarReading(State.MISSING, null, null, null);

    static SidecarReading good(Sidecar sidecar) {
        return new SidecarReading(State.GOOD, sidecar, null, null);
    }

    static SidecarReading damaged(String why, String text) {
        return new SidecarReading(State.DAMAGED, null, "its sidecar is damaged: " + why, text);
    }

    static SidecarReading unreadable(String why) {
        return new SidecarReading(State.UNREADABLE, null, "its sidecar could not be read: " + why, null);
    }

    /** As {@link #identity()}, and of a damaged sidecar which job and machine it seems to name. */
    Identity readable() {
        Identity seen = identity();
        for (Matcher line = OWNER.matcher(text == null ? "" : text); line.find();) {
            seen = seen.get(line.group(1)).isPresent() ? seen : seen.with(line.group(1), line.group(2));
        }
        return seen;
    }

    /** The same in little memory, for one of many. */
    SidecarReading brief() {
        return new SidecarReading(state,
                sidecar == null ? null : new Sidecar(sidecar.sha256(), sidecar.name(), sidecar.identity().listed()),
                problem, null);
    }

    /**
     * The sidecar; empty when there is none or it is none of ours.
     *
     * @param  path                      of the artifact, for people
     * @throws TransientStorageException when it cannot be read now
     */
    Optional<Sidecar> requireReadable(Storage storage, String path) throws TransientStorageException {
        if (state == State.UNREADABLE) {
            throw new TransientStorageException("storage: " + storage.location(path) + ": " + problem, null);
        }
        return Optional.ofNullable(sidecar);
    }

    /** Whether a damaged sidecar seems to name that digest. */
    boolean mentions(String sha256) {
        return text != null && text.contains(sha256);
    }

    /** What is known of the artifact; nothing unless the sidecar is good. */
    public Identity identity() {
        return sidecar == null ? Identity.NONE : sidecar.identity();
    }
}
