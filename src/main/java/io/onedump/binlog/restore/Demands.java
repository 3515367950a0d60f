package io.onedump.binlog.restore;

import java.util.Set;

/**
 * What the transactions of a plan ask for beyond the usual.
 *
 * @param prepared distributed transactions that are prepared, also those that are settled later
 * @param between  whether something is done while one is prepared
 * @param loads    whether rows come from files that the log has
 */
public record Demands(Set<String> prepared, boolean between, boolean loads) {

    public Demands {
        prepared = Set.copyOf(prepared);
    }
}
