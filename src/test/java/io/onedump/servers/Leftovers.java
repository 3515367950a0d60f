package io.onedump.servers;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to go when the JVM ends, closed by its test or not. The newest goes first, so that a server has ended before
 * its folder is deleted.
 */
final class Leftovers {

    private static final Deque<Runnable> REMOVALS = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::removeAll, "remove test servers"));
    }

    private Leftovers() {
    }

    static synchronized void add(Runnable removal) {
        REMOVALS.push(removal);
    }

    static synchronized void forget(Runnable removal) {
        REMOVALS.remove(removal);
    }

    private static synchronized void removeAll() {
        while (!REMOVALS.isEmpty()) {
            try {
                REMOVALS.pop().run();
            } catch (RuntimeException e) {
                System.err.println("Left behind by a test server: " + e);
            }
        }
    }
}
