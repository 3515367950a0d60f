package io.onedump.sync;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** What the syncs of one Camel context are doing and have done, for those who watch. */
public final class SyncActivity extends ServiceSupport {

    private static final int MOST = 100;

    private final SyncMonitor monitor = new SyncMonitor();
    private final List<SyncResult> results = new CopyOnWriteArrayList<>();

    private SyncActivity() {
    }

    /** The context's own. */
    public static SyncActivity of(CamelContext context) {
        synchronized (context) {
            SyncActivity activity = context.hasService(SyncActivity.class);
            if (activity == null) {
                activity = new SyncActivity();
                try {
                    context.addService(activity, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException("cannot watch syncs", e);
                }
            }
            return activity;
        }
    }

    public SyncMonitor monitor() {
        return monitor;
    }

    /** Of the latest syncs that have ended, the oldest first; a server that runs for years keeps but a few. */
    public List<SyncResult> results() {
        return List.copyOf(results);
    }

    void ended(SyncResult result) {
        results.add(result);
        if (results.size() > MOST) {
            results.remove(0);
        }
    }
}
