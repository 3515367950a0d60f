package io.onedump.scale;

import java.nio.file.Path;
import java.util.List;

/** Something that may grow in the hands of a user, and what it costs at a size. */
public interface ScaleAxis {

    /** In a few words: what is done, and what it is counted in. */
    String what();

    /** Sizes, the smallest first, each ten times the one before. */
    List<Integer> sizes();

    /**
     * Does it once. What prepares it is not measured.
     *
     * @param folder an empty one, for this run alone
     */
    Cost run(int size, Path folder) throws Exception;

    /**
     * What it took.
     *
     * @param processorNanos of this process; servers in it included
     * @param requests       that servers have counted, 0 where there is none
     * @param bytes          written to disks and servers, or printed; 0 where nothing is
     */
    record Cost(long processorNanos, long requests, long bytes) {
    }

    /** Something that is measured. */
    interface Work {
        void run() throws Exception;
    }

    /** Does it and counts the processor's time. */
    static long processorNanos(Work work) throws Exception {
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory
                        .getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        work.run();
        return system.getProcessCpuTime() - before;
    }
}
