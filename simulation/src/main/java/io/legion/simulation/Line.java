package io.legion.simulation;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The history of one era of a shard, from the beginning of the shard on, as replicas have stored it. An
/// overruled era has more in the end: what they had folded and not stored.
final class Line {
    private final TreeMap<Long, Chronicle.Folded> byPosition = new TreeMap<>();
    private final TreeMap<Long, Chronicle.Folded> unstored = new TreeMap<>();
    private final Map<EventId, Chronicle.Folded> byEvent = new HashMap<>();
    private final Map<RequestId, Chronicle.Folded> byRequest = new HashMap<>();

    /// The same up to a position: where a forced change began.
    Line upTo(long position) {
        var line = new Line();
        byPosition.headMap(position, true).values().forEach(line::add);
        return line;
    }

    /// Takes in what one replica has stored; the first to say something of a place, an event or a request counts.
    void add(Chronicle.Folded folded) {
        byPosition.putIfAbsent(folded.position(), folded);
        byEvent.putIfAbsent(folded.event(), folded);
        byRequest.putIfAbsent(folded.request(), folded);
    }

    /// Takes note of what a replica had folded and, when it ended, not stored (R73).
    void addUnstored(Chronicle.Folded folded) {
        unstored.putIfAbsent(folded.position(), folded);
    }

    /// The same, or null if nobody who ended had folded this far.
    Chronicle.@Nullable Folded unstoredAt(long position) {
        return unstored.get(position);
    }

    /// The era was overruled (R43), and what nobody has stored of it by now, nobody folds again. It was history there
    /// all the same, and may have been answered. Where others have stored what came later, what may have come to
    /// nothing did.
    void takeUnstored() {
        long stored = byPosition.isEmpty() ? 0 : byPosition.lastKey();
        unstored.values().stream()
                .filter(folded ->
                        !byPosition.containsKey(folded.position()) && !byRequest.containsKey(folded.request()))
                .filter(folded -> folded.position() > stored || !folded.isPerhapsNothing())
                .forEach(this::add);
    }

    /// What has folded, in order.
    Collection<Chronicle.Folded> all() {
        return byPosition.values();
    }

    /// What was said first of the place of this one; it is there.
    Chronicle.Folded at(long position) {
        return Objects.requireNonNull(byPosition.get(position));
    }

    /// True if an event has folded here too, and nothing before it was different.
    boolean shares(Line other, Chronicle.Folded folded) {
        var upToIt = byPosition.headMap(folded.position(), true);
        return upToIt.containsKey(folded.position())
                && events(upToIt).equals(events(other.byPosition.headMap(folded.position(), true)));
    }

    private static List<EventId> events(SortedMap<Long, Chronicle.Folded> folded) {
        return folded.values().stream().map(Chronicle.Folded::event).toList();
    }

    Chronicle.@Nullable Folded of(EventId event) {
        return byEvent.get(event);
    }

    Chronicle.@Nullable Folded of(RequestId request) {
        return byRequest.get(request);
    }
}
