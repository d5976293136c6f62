package io.legion.benchmarks.cluster.run;

import java.time.Duration;

/// A cluster under load is warm when its just-in-time compilers have been quiet for a while. The caller reports
/// one window of time after the other.
final class WarmUp {
    /// The share of the processor time below which the compilers are quiet.
    static final double QUIET_SHARE = 0.02;

    /// How many quiet windows must end the warm-up: the compilers often rest for ten seconds, and go on.
    static final int QUIET_WINDOWS = 4;

    private static final Duration WINDOW = Duration.ofSeconds(5);

    /// Before that, slow code has not yet been used often enough to be compiled.
    private static final Duration LEAST = Duration.ofSeconds(30);

    private final Duration longest;
    private Duration passed = Duration.ZERO;
    private int quietWindows;

    /// @param longest after which the warm-up is over in any case
    WarmUp(Duration longest) {
        this.longest = longest;
    }

    /// How long the next window is; zero when the warm-up is over.
    Duration next() {
        if (isQuiet()) {
            return Duration.ZERO;
        }
        var left = longest.minus(passed);
        return left.compareTo(WINDOW) < 0 ? left : WINDOW;
    }

    /// Takes in a window that has passed.
    ///
    /// @param compilersShare of the processor time in it, 0 to 1
    void passed(Duration window, double compilersShare) {
        passed = passed.plus(window);
        quietWindows = compilersShare < QUIET_SHARE ? quietWindows + 1 : 0;
    }

    /// True if the compilers are quiet, rather than the time over.
    boolean isQuiet() {
        return quietWindows >= QUIET_WINDOWS && passed.compareTo(LEAST) >= 0;
    }

    /// The time so far.
    Duration passed() {
        return passed;
    }
}
