package io.legion.command.backup;

import io.legion.backup.BackupProgress;
import io.legion.command.output.Terminal;
import java.util.Locale;

/// Says how far something is: on a terminal in one line that changes, elsewhere every few seconds in a new one.
///
/// **Threads.** Any.
final class ProgressLine implements BackupProgress {
    private static final long ON_A_TERMINAL_NANOS = 200_000_000L;
    private static final long ELSEWHERE_NANOS = 5_000_000_000L;

    private final Terminal terminal;
    private final String what;
    private final long interval;
    private long said = System.nanoTime(); // guarded by this
    private int length; // guarded by this

    ProgressLine(Terminal terminal, String what) {
        this.terminal = terminal;
        this.what = what;
        this.interval = terminal.hasPerson() ? ON_A_TERMINAL_NANOS : ELSEWHERE_NANOS;
    }

    @Override
    public synchronized void at(int shards, int ofShards, long bytes) {
        long now = System.nanoTime();
        if (now - said >= interval) {
            said = now;
            say(what + ": " + shards + " of " + ofShards + " shards, " + size(bytes));
        }
    }

    private void say(String text) {
        if (terminal.hasPerson()) {
            terminal.err().print("\r" + text + " ".repeat(Math.max(0, length - text.length())));
            length = text.length();
        } else {
            terminal.err().println(text);
        }
        terminal.err().flush();
    }

    /// Takes the line away.
    synchronized void end() {
        if (length > 0) {
            terminal.err().print("\r" + " ".repeat(length) + "\r");
            terminal.err().flush();
            length = 0;
        }
    }

    /// Bytes for people.
    static String size(long bytes) {
        double shown = bytes;
        for (String unit : new String[] {"bytes", "KiB", "MiB", "GiB"}) {
            if (shown < 1024 || unit.equals("GiB")) {
                return unit.equals("bytes") ? bytes + " " + unit : String.format(Locale.ROOT, "%.1f %s", shown, unit);
            }
            shown /= 1024;
        }
        throw new IllegalStateException("every size has a unit");
    }
}
