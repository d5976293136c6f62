package io.legion.discovery;

import java.lang.management.ManagementFactory;

/// How much slower this machine is now than an idle one, for limits that are times: they are meant for a machine that
/// does nothing else, and tests run where other work takes the processors.
final class Slowness {
    private Slowness() {}

    /// How many wanted each processor in the last minute, at least 1.
    static double now() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
    }
}
