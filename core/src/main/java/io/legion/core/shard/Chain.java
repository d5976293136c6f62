package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.Tag;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The outstanding events of one partition on top of its infimum, with what they came to (R23).
///
/// An event at the end costs one `apply`. One that lands before others makes what follows it stale; it is applied
/// again only when somebody asks, and then from the nearest state that was kept: results keep theirs for the last
/// [#RECENT] links and for every [#SPACING]th before them, so neither memory nor work grows with the square.
final class Chain {
    static final int RECENT = 32;
    static final int SPACING = 64;

    /// One outstanding event and what it came to; the result is null while it is stale.
    private static final class Link {
        final LogEntry entry;

        @Nullable
        Result result;

        Result.@Nullable Summary summary;

        Link(LogEntry entry) {
            this.entry = entry;
        }
    }

    private static final Result.Summary NOTHING = new Result.Summary(Result.Kind.APPLIED, Bytes.EMPTY);

    final PartitionAddress address;
    final PartitionType<?> type;

    // Of the address, to be compared without going through it.
    final int hash;
    final int typeId;
    final byte[] key;

    private final Knowing knowing;
    private final Ring<Link> links = new Ring<>();

    /// The state after all that has folded.
    private Object base;

    /// The most bytes that it takes, or [StateMeasure#UNKNOWN].
    private int baseSize = StateMeasure.UNKNOWN;

    /// What the infimum has kept of this partition since it folded last; null until the first fold.
    Infimum.@Nullable Unsaved unsaved;

    /// The links before this index have a summary that holds.
    private int settled;

    /// How many of the links are events that were accepted before, under another id.
    private int retries;

    /// It was used since the last checkpoint.
    boolean used;

    /// It has changed since the last search, and is among those that the next one looks at.
    boolean touched;

    /// The tags with which it counts in [UnstoredTags]; null while it does not.
    @Nullable
    SortedSet<Tag> shown;

    /// What the chain must know of requests that were tried again.
    interface Knowing {
        RequestMemory memory();

        Applier applier();

        /// True if more than one outstanding event has the request id of this one.
        boolean isRepeated(LogEntry entry);
    }

    Chain(PartitionAddress address, PartitionType<?> type, Object base, Knowing knowing) {
        this.address = address;
        this.hash = address.hashCode();
        this.typeId = address.type();
        this.key = address.key().bytes().shared();
        this.type = type;
        this.base = base;
        this.knowing = knowing;
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /// Only what was accepted before, under another id, may become too old to be known of (R54).
    boolean hasRetries() {
        return retries > 0;
    }

    /// What was forgotten since may count for any of the links.
    void unsettle() {
        settled = 0;
    }

    void insert(LogEntry entry) {
        int at = links.size();
        while (at > 0 && links.get(at - 1).entry.id().compareTo(entry.id()) > 0) {
            at--;
        }
        links.add(at, new Link(entry));
        settled = Math.min(settled, at);
        retries += entry.isRetry() ? 1 : 0;
    }

    /// Takes an event out that will not be in history.
    void remove(LogEntry entry) {
        int at = find(entry.id());
        links.remove(at);
        settled = Math.min(settled, at);
        retries -= entry.isRetry() ? 1 : 0;
    }

    private int find(EventId id) {
        int low = 0;
        int high = links.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (links.get(middle).entry.id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// What the projection says of an outstanding event.
    Result.Summary summary(EventId id) {
        settle();
        return Objects.requireNonNull(links.get(find(id)).summary, "a settled link has a summary");
    }

    /// What the projection says of the last outstanding event.
    Result.Summary lastSummary() {
        settle();
        return Objects.requireNonNull(links.last().summary, "a settled link has a summary");
    }

    @SuppressWarnings("ReferenceEquality") // an entry belongs to one replica
    boolean isLast(LogEntry entry) {
        return links.last().entry == entry;
    }

    /// The infimum as a result. It is made when it is needed: kept, it would be moved by every young collection.
    private Result base() {
        return Result.unchanged(base, baseSize, NOTHING);
    }

    private void base(Result folded) {
        base = folded.state();
        baseSize = folded.size();
    }

    /// The state with all outstanding events applied.
    Object projected() {
        settle();
        return after(links.size() - 1).state();
    }

    /// Applies the stale links again, from the nearest place whose state is known.
    private void settle() {
        for (int i = settled; i < links.size(); i++) {
            evaluate(i);
        }
        settled = links.size();
    }

    private void evaluate(int index) {
        Link link = links.get(index);
        Result result = result(link.entry, index, after(index - 1));
        link.result = result;
        link.summary = result.summary();
        int old = index - RECENT;
        if (old >= 0 && old % SPACING != 0) {
            links.get(old).result = null;
        }
    }

    /// The result at an index, applied again from the nearest one whose state was kept.
    private Result after(int index) {
        int from = index;
        while (from >= 0 && links.get(from).result == null) {
            from--;
        }
        Result result = from >= 0 ? Objects.requireNonNull(links.get(from).result) : base();
        for (int i = from + 1; i <= index; i++) {
            result = result(links.get(i).entry, i, result);
        }
        return result;
    }

    private Result result(LogEntry entry, int index, Result before) {
        return result(entry, index, before, knowing.memory().of(entry.request(), entry.birth()));
    }

    /// Applies one event, unless its request is in history already or stands earlier in the chain (R53, R54).
    private Result result(LogEntry entry, int index, Result before, RequestMemory.Knowledge knowledge) {
        Result.Summary known = switch (knowledge) {
            case NEW -> repeatedBefore(entry, index);
            case REMEMBERED ->
                Objects.requireNonNull(knowing.memory().output(entry.request())).summary();
            case FORGOTTEN -> new Result.Summary(Result.Kind.FORGOTTEN, Bytes.EMPTY);
            case TOO_OLD -> new Result.Summary(Result.Kind.TOO_OLD, Bytes.EMPTY);
        };
        if (known != null) {
            return Result.unchanged(before.state(), before.size(), known);
        }
        Event<?, ?> event = Applier.event(type, entry);
        return knowing.applier().apply(type, event, before, entry.id(), address.key());
    }

    private Result.@Nullable Summary repeatedBefore(LogEntry entry, int index) {
        if (!knowing.isRepeated(entry)) {
            return null;
        }
        RequestId id = entry.request();
        // One that is too old to be known of is not in history: the next one counts (R54).
        for (int i = 0; i < index; i++) {
            Link link = links.get(i);
            Result.Summary summary = link.summary;
            if (link.entry.request().equals(id) && summary != null && summary.kind() != Result.Kind.TOO_OLD) {
                return summary;
            }
        }
        return null;
    }

    /// Takes the first event off the chain and makes what it came to the new base (R22).
    ///
    /// @param knowledge what history knows of its request
    Result foldFirst(RequestMemory.Knowledge knowledge) {
        Link first = links.removeFirst();
        retries -= first.entry.isRetry() ? 1 : 0;
        Result kept = settled > 0 ? first.result : null;
        settled = Math.max(0, settled - 1);
        Result result = kept != null && knowledge == RequestMemory.Knowledge.NEW
                ? kept
                : result(first.entry, 0, base(), knowledge);
        if (first.summary != null && !result.summary().equals(first.summary)) {
            settled = 0;
        }
        base(result);
        return result;
    }

    /// Folds an event that is not in the chain, and comes before all that are.
    ///
    /// @param knowledge what history knows of its request
    Result fold(LogEntry entry, RequestMemory.Knowledge knowledge) {
        settled = 0;
        Result result = result(entry, 0, base(), knowledge);
        base(result);
        return result;
    }
}
