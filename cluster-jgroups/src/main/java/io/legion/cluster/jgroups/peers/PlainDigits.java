package io.legion.cluster.jgroups.peers;

import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/// Lets JGroups connect where the default language has digits of its own. While it joins, JGroups puts a
/// number into a format with the digits of that language (`Util.format`), which is then no format, and the
/// joining fails.
///
/// So the language for formats is a neutral one for these one to four seconds, in the whole process, since
/// Java has no narrower one; and only if the digits are others.
final class PlainDigits {
    private static final PlainDigits PROCESS = new PlainDigits();

    private final ReentrantLock lock = new ReentrantLock();
    private int inside;
    private Locale before = Locale.ROOT;

    private PlainDigits() {}

    /// What JGroups does.
    interface Step {
        void run() throws Exception;
    }

    /// Runs it with plain digits.
    static void during(Step step) throws Exception {
        PROCESS.enter();
        try {
            step.run();
        } finally {
            PROCESS.leave();
        }
    }

    private void enter() {
        lock.lock();
        try {
            if (inside++ == 0) {
                before = Locale.getDefault(Locale.Category.FORMAT);
                if (!String.format(before, "%d", 0).equals("0")) {
                    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Leaves alone what somebody else has set meanwhile.
    private void leave() {
        lock.lock();
        try {
            if (--inside == 0 && Locale.getDefault(Locale.Category.FORMAT).equals(Locale.ROOT)) {
                Locale.setDefault(Locale.Category.FORMAT, before);
            }
        } finally {
            lock.unlock();
        }
    }
}
