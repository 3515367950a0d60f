package io.onedump.capacity;

import java.lang.management.ManagementFactory;

/** How much else the machine has to do, without which a time says little. */
final class Load {

    private Load() {
    }

    /** Processes that ran or wanted to, as an average over the last minute. */
    static double now() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
