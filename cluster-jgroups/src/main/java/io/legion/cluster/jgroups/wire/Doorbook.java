package io.legion.cluster.jgroups.wire;

import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who was kept out, and how often: every time, where the log and the listener hear of each once.
///
/// **Threads.** Any.
public final class Doorbook {
    private static final int MOST = 64;
    private static final int LONGEST = 500;

    private record Entry(boolean certificate, String why, long count, long lastNanos) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// A process was kept out.
    ///
    /// @param who names it
    /// @param certificate true if the reason is its certificate, or that it shows none
    /// @param why for people: who, and why
    public synchronized void keptOut(String who, boolean certificate, String why) {
        var name = who + certificate;
        var before = entries.remove(name);
        long count = before == null ? 1 : before.count + 1;
        var shown = why.length() <= LONGEST ? why : why.substring(0, LONGEST) + "...";
        entries.put(name, new Entry(certificate, shown, count, System.nanoTime()));
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /// Those that were kept out lately, the latest last.
    public synchronized List<Cluster.KeptOut> latest() {
        long now = System.nanoTime();
        return entries.values().stream()
                .map(entry -> new Cluster.KeptOut(
                        entry.certificate, entry.why, entry.count, Duration.ofNanos(now - entry.lastNanos)))
                .toList();
    }
}
