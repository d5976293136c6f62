package io.legion.simulation.history;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.simulation.world.Inquiry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The history of one era of a shard, from the shard's beginning on, as replicas have stored it. In the end an
/// overruled era gets more: what its replicas folded and did not store.
public final class EraHistory {
    /// The number of the era.
    final long era;

    /// No run comes this far: a position beyond is a mistake.
    private static final int MOST = 50_000_000;

    /// By position; null where nothing is known, or where something folded that was no request.
    private final List<Chronicle.@Nullable Folded> byPosition = new ArrayList<>();

    private final TreeMap<Long, Chronicle.Folded> unstored = new TreeMap<>();
    private final Map<EventId, Chronicle.Folded> byEvent = new HashMap<>();
    private final Map<RequestId, Chronicle.Folded> byRequest = new HashMap<>();

    EraHistory(long era) {
        this.era = era;
    }

    /// A copy up to a position, at which a forced change began the next era.
    EraHistory upTo(long position, long next) {
        var line = new EraHistory(next);
        for (Chronicle.Folded folded : all()) {
            if (folded.position() <= position) {
                line.add(folded);
            }
        }
        return line;
    }

    /// Takes in what one replica has stored; the first report of a place, an event or a request counts.
    ///
    /// @return false if the place had just this report before
    boolean add(Chronicle.Folded folded) {
        Chronicle.Folded before = find(folded.position());
        if (folded.equals(before)) {
            return false;
        }
        if (before == null) {
            place(folded);
        }
        byEvent.putIfAbsent(folded.event(), folded);
        byRequest.putIfAbsent(folded.request(), folded);
        return true;
    }

    private void place(Chronicle.Folded folded) {
        if (folded.position() > MOST) {
            throw new IllegalArgumentException("position " + folded.position() + " is beyond every history");
        }
        while (byPosition.size() <= folded.position()) {
            byPosition.add(null);
        }
        byPosition.set((int) folded.position(), folded);
    }

    /// The first report of a place.
    private Chronicle.@Nullable Folded find(long position) {
        return position < byPosition.size() ? byPosition.get((int) position) : null;
    }

    /// Notes what a replica had folded and, when it ended, not stored (R73).
    void addUnstored(Chronicle.Folded folded) {
        unstored.putIfAbsent(folded.position(), folded);
    }

    /// The unstored fold at a position, or null if there is none.
    public Chronicle.@Nullable Folded unstoredAt(long position) {
        return unstored.get(position);
    }

    /// The era was overruled (R43): what nobody has stored of it by now, nobody folds again. It was history
    /// there all the same, and may have been answered. Where replicas have stored later folds, a request that
    /// may have come to nothing did.
    void takeUnstored() {
        int stored = byPosition.size() - 1;
        unstored.values().stream()
                .filter(folded -> find(folded.position()) == null && !byRequest.containsKey(folded.request()))
                .filter(folded -> folded.position() > stored || !folded.isPerhapsNothing())
                .forEach(this::add);
    }

    /// All positions are before this one.
    int end() {
        return byPosition.size();
    }

    /// The folded requests, in order.
    public List<Chronicle.Folded> all() {
        var all = new ArrayList<Chronicle.Folded>(byPosition.size());
        for (Chronicle.Folded folded : byPosition) {
            if (folded != null) {
                all.add(folded);
            }
        }
        return all;
    }

    /// The first report of this place; there must be one.
    public Chronicle.Folded at(long position) {
        return Objects.requireNonNull(find(position));
    }

    /// True if a request folded at this place here too, and all events up to it are the same.
    public boolean shares(EraHistory other, Chronicle.Folded folded) {
        return find(folded.position()) != null && events(folded.position()).equals(other.events(folded.position()));
    }

    private List<EventId> events(long upTo) {
        var events = new ArrayList<EventId>();
        for (int position = 0; position < byPosition.size() && position <= upTo; position++) {
            Chronicle.Folded folded = byPosition.get(position);
            if (folded != null) {
                events.add(folded.event());
            }
        }
        return events;
    }

    public Chronicle.@Nullable Folded of(EventId event) {
        return byEvent.get(event);
    }

    /// The event for which a request id counts, or null if it is not in history.
    public Chronicle.@Nullable Folded of(RequestId request) {
        return byRequest.get(request);
    }

    /// The event of an inquiry, or null if it is not in history: its id may stand for another one there (R74).
    public Chronicle.@Nullable Folded of(Inquiry inquiry) {
        Chronicle.Folded folded = inquiry.isRead() ? null : of(inquiry.id);
        return folded != null && folded.fingerprint() == inquiry.fingerprint ? folded : null;
    }

    /// True if the id of an inquiry stands for another event here.
    public boolean isForAnother(Inquiry inquiry) {
        return of(inquiry.id) != null && of(inquiry) == null;
    }
}
