package io.onedump.binlog.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.XaStep;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/**
 * Distributed transactions on the way of a restore. One that was prepared before the start and committed behind it has
 * its rows neither in a dump of the start nor behind it, and one that is prepared at the end is left so, for whoever
 * coordinates it to settle.
 */
final class Distributed {

    private static final Logger LOG = CleanLog.of(Distributed.class);

    private final Set<String> open;
    private final boolean ofDump;
    private final Part part;
    private final Map<String, String> prepared = new LinkedHashMap<>();
    private final Set<String> all = new HashSet<>();
    private final Set<String> leftOut = new HashSet<>();
    private boolean between;

    /**
     * @param open   what is prepared on the target
     * @param ofDump whether the state of the start comes from a dump, which has nothing that was prepared
     */
    Distributed(Set<String> open, boolean ofDump, Part part) {
        this.open = new HashSet<>(open);
        this.ofDump = ofDump;
        this.part = part;
    }

    /** Those that a server has prepared, as far as it tells this account. */
    static Set<String> on(MySqlSettings target) throws IOException {
        Set<String> prepared = new HashSet<>();
        try (MySqlSession session = MySqlSession.connect(target)) {
            for (byte[][] row : session.bytes("XA RECOVER")) {
                int global = Integer.parseInt(ascii(row[1]));
                prepared.add(XaStep.id(Long.parseLong(ascii(row[0])), Arrays.copyOf(row[3], global),
                        Arrays.copyOfRange(row[3], global, row[3].length)));
            }
        } catch (MySqlException e) {
            LOG.debug("distributed transactions of the target are not known: {}", e.getMessage());
        }
        return prepared;
    }

    private static String ascii(byte[] value) {
        return new String(value, StandardCharsets.US_ASCII);
    }

    /**
     * Takes the next transaction.
     *
     * @return                  false when it must be left out
     * @throws RestoreException when the target could not do with it what the server did
     */
    boolean take(BinlogName file, LoggedTransaction next) throws RestoreException {
        XaStep step = next.xa();
        if (step == null) {
            between |= !prepared.isEmpty();
            return true;
        }
        String place = file + ":" + next.start();
        if (step.kind() == XaStep.Kind.PREPARED) {
            return prepare(step.id(), place, next);
        }
        if (leftOut.remove(step.id())) {
            return false;
        }
        if (prepared.remove(step.id()) != null || !ofDump && open.remove(step.id())) {
            between |= !prepared.isEmpty();
            return true;
        }
        if (step.kind() == XaStep.Kind.ROLLED_BACK) {
            // Nothing of it is on the target.
            return false;
        }
        throw new RestoreException("the distributed transaction " + step.id() + " was prepared before the restore"
                + " begins and is committed at " + place + ": its rows would be missing; begin with an older dump, from"
                + " before it was prepared" + (ofDump ? "" : ", or with a target on which it is prepared"));
    }

    private boolean prepare(String id, String place, LoggedTransaction next) throws RestoreException {
        if (!part.isAll()) {
            if (next.tables().stream().noneMatch(part::takes) && next.statements().stream()
                    .allMatch(statement -> statement.sql().startsWith("XA "))) {
                leftOut.add(id);
                return false;
            }
            throw new RestoreException("a part cannot be brought there: the distributed transaction " + id + " at "
                    + place + " changes it, and filters do not go together with those; restore the whole server"
                    + " elsewhere and take the part from there, as --through <dsn of a scratch server> does");
        }
        if (open.contains(id)) {
            throw there(id);
        }
        between |= !prepared.isEmpty();
        prepared.put(id, place);
        all.add(id);
        return true;
    }

    /** The target has one of a name that the log is going to prepare. */
    static RestoreException there(String id) {
        return new RestoreException("a distributed transaction " + id + " is prepared on the target, and the log"
                + " prepares one of that name too: settle it there first, with XA COMMIT " + id + " or XA ROLLBACK "
                + id);
    }

    /** Those that were prepared, also the ones that were settled since. */
    Set<String> prepared() {
        return all;
    }

    /** Whether something was done while one was prepared. */
    boolean between() {
        return between;
    }

    /** What is to be done about those that are left prepared. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        prepared.forEach((id,
                place) -> notes.add("the distributed transaction of " + place + " stays prepared, and what"
                        + " it touches locked, until the target is told: XA COMMIT " + id + "; or XA ROLLBACK " + id
                        + ";"));
        return notes;
    }
}
