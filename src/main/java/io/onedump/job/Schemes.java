package io.onedump.job;

import java.util.Set;

/** What the schemes of endpoints mean to jobs: the one list of each kind. */
public final class Schemes {

    static final String DUMP = "dump";
    static final String STORAGE = "storage";

    private static final Set<String> SCHEDULES = Set.of("quartz", "timer", "scheduler", "cron");
    /** Other routes call these; what starts by itself begins with none of them. */
    private static final Set<String> INTERNAL = Set.of("direct", "seda", "stub");
    /** Whose presence makes {@code onedump dump} run a job. */
    private static final Set<String> DUMPERS = Set.of("dump", "exec");
    private static final Set<String> PRODUCERS =
            Set.of("dump", "exec", "binlog", "slowlog", "checksum", "encrypt", "restore",
                    "drill");
    /** Camel's endpoints whose steps end before what they were given is worked on. */
    private static final Set<String> QUEUES = Set.of("seda", "disruptor");
    /** Endpoints of others that leave an artifact where it is. */
    private static final Set<String> TELLERS =
            Set.of("log", "slack", "controlbus", "micrometer", "language", "event", "scheduler", "timer");
    private static final Set<String> OURS =
            Set.of("dump", "storage", "checksum", "encrypt", "binlog", "slowlog", "sync", "restore", "drill");

    private Schemes() {
    }

    /** @param uri of an endpoint, in any of Camel's spellings, with its placeholders resolved */
    public static String of(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        int colon = path.indexOf(':');
        return (colon < 0 ? path : path.substring(0, colon)).trim();
    }

    /** Whether routes that begin so start at times of their own. */
    public static boolean isSchedule(String scheme) {
        return SCHEDULES.contains(scheme);
    }

    /** Whether another route calls routes that begin so. */
    public static boolean isInternal(String scheme) {
        return INTERNAL.contains(scheme);
    }

    public static boolean isDumper(String scheme) {
        return DUMPERS.contains(scheme);
    }

    static boolean isQueue(String scheme) {
        return QUEUES.contains(scheme);
    }

    /** Whether an artifact is kept by who is given it; of endpoints that are not ours that is taken for granted. */
    static boolean isKeeper(String scheme) {
        return STORAGE.equals(scheme) || !isBackup(scheme) && !isInternal(scheme) && !TELLERS.contains(scheme);
    }

    /** Whether a step makes or proves bytes, in contrast to keeping them. */
    public static boolean isProducer(String scheme) {
        return PRODUCERS.contains(scheme);
    }

    /** Whether it is a component of this project. */
    public static boolean isOurs(String scheme) {
        return OURS.contains(scheme);
    }

    /** Whether a step's failure is one of the backup, and never the route's private matter. */
    public static boolean isBackup(String scheme) {
        return isOurs(scheme) || isDumper(scheme);
    }
}
