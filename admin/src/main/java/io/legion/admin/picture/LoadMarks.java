package io.legion.admin.picture;

import io.legion.core.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// What the nodes had counted at each of the last looks.
///
/// **Threads.** One at a time.
final class LoadMarks {
    private static final long REACH_NANOS = Duration.ofSeconds(12).toNanos();

    private final Deque<Map<NodeId, LoadMark>> marks = new ArrayDeque<>();

    /// Takes new marks.
    ///
    /// @param nanos now, by a time that goes on evenly: a clock that is set makes no mark older
    /// @return for each node the oldest mark within reach of the same start of that node
    Map<NodeId, LoadMark> add(long nanos, Map<NodeId, LoadMark> newest) {
        marks.removeIf(isBefore(nanos - REACH_NANOS));
        marks.add(newest);
        var oldest = new HashMap<NodeId, LoadMark>();
        newest.forEach((node, mark) -> oldest.put(node, oldest(node, mark)));
        return Map.copyOf(oldest);
    }

    private LoadMark oldest(NodeId node, LoadMark newest) {
        return marks.stream()
                .map(mark -> mark.get(node))
                .filter(mark -> mark != null && mark.started().equals(newest.started()))
                .findFirst()
                .orElse(newest);
    }

    private static Predicate<Map<NodeId, LoadMark>> isBefore(long nanos) {
        return marks -> marks.values().stream().allMatch(mark -> mark.nanos() - nanos < 0);
    }
}
