package io.legion.core.shard;

import io.legion.core.Bytes;
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
        final LogEntry.Content content;

        @Nullable
        Result result;

        Result.@Nullable Summary summary;

        Link(LogEntry entry, LogEntry.Content content) {
            this.entry = entry;
            this.content = content;
        }
    }

    final PartitionAddress address;
    final PartitionType<?> type;
    private final Knowing knowing;
    private final Ring<Link> links = new Ring<>();
    private Object base;
    private SortedSet<Tag> baseTags;

    /// The links before this index have a summary that holds.
    private int settled;

    /// How many of the links are events that were accepted before, under another id.
    private int retries;

    /// It is among those that the next drain looks at.
    boolean touched;

    /// The tags that the index has for this partition.
    SortedSet<Tag> indexed;

    /// What the chain must know of requests that were tried again.
    interface Knowing {
        RequestMemory memory();

        /// True if more than one outstanding event has this request id.
        boolean isRepeated(RequestId id);
    }

    Chain(PartitionAddress address, PartitionType<?> type, Object base, SortedSet<Tag> tags, Knowing knowing) {
        this.address = address;
        this.type = type;
        this.base = base;
        this.baseTags = tags;
        this.indexed = tags;
        this.knowing = knowing;
    }

    /// True if it is one of those that belong together with this one.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Knowing who) {
        return knowing == who;
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

    void insert(LogEntry entry, LogEntry.Content content) {
        int at = links.size();
        while (at > 0 && links.get(at - 1).entry.id().compareTo(entry.id()) > 0) {
            at--;
        }
        links.add(at, new Link(entry, content));
        settled = Math.min(settled, at);
        retries += content.isRetry(entry.id()) ? 1 : 0;
    }

    /// Takes an event out that will not be in history.
    void remove(LogEntry entry) {
        int at = find(entry.id());
        Link removed = links.remove(at);
        settled = Math.min(settled, at);
        retries -= removed.content.isRetry(entry.id()) ? 1 : 0;
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

    /// The state with all outstanding events applied.
    Object projected() {
        return last().state();
    }

    SortedSet<Tag> projectedTags() {
        return last().tags();
    }

    private Result last() {
        settle();
        return after(links.size() - 1);
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
        Result result = result(link, index, after(index - 1));
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
        Result result = from >= 0 ? Objects.requireNonNull(links.get(from).result) : baseResult();
        for (int i = from + 1; i <= index; i++) {
            result = result(links.get(i), i, result);
        }
        return result;
    }

    private Result baseResult() {
        return new Result(base, null, baseTags, new Result.Summary(Result.Kind.APPLIED, Bytes.EMPTY));
    }

    /// Applies one link, unless its request is in history already or stands earlier in the chain (R53, R54).
    private Result result(Link link, int index, Result before) {
        LogEntry.Content content = link.content;
        Result.Summary known = switch (knowing.memory().of(content.request(), content.birth())) {
            case NEW -> repeatedBefore(content.request(), index);
            case REMEMBERED ->
                Objects.requireNonNull(knowing.memory().output(content.request()))
                        .summary();
            case FORGOTTEN -> new Result.Summary(Result.Kind.FORGOTTEN, Bytes.EMPTY);
            case TOO_OLD -> new Result.Summary(Result.Kind.TOO_OLD, Bytes.EMPTY);
        };
        if (known != null) {
            return new Result(before.state(), null, before.tags(), known);
        }
        return Applier.apply(
                type,
                Applier.event(type, link.entry, content.payload()),
                before.state(),
                before.tags(),
                link.entry.id(),
                address.key());
    }

    private Result.@Nullable Summary repeatedBefore(RequestId id, int index) {
        if (!knowing.isRepeated(id)) {
            return null;
        }
        // One that is too old to be known of is not in history: the next one counts (R54).
        for (int i = 0; i < index; i++) {
            Link link = links.get(i);
            Result.Summary summary = link.summary;
            if (link.content.request().equals(id) && summary != null && summary.kind() != Result.Kind.TOO_OLD) {
                return summary;
            }
        }
        return null;
    }

    /// Takes the first event off the chain and makes what it came to the new base (R22).
    Result foldFirst() {
        Link first = links.removeFirst();
        retries -= first.content.isRetry(first.entry.id()) ? 1 : 0;
        Result kept = settled > 0 ? first.result : null;
        settled = Math.max(0, settled - 1);
        Result result = kept != null && isNew(first) ? kept : result(first, 0, baseResult());
        if (first.summary != null && !result.summary().equals(first.summary)) {
            settled = 0;
        }
        base = result.state();
        baseTags = result.tags();
        return result;
    }

    private boolean isNew(Link link) {
        return knowing.memory().of(link.content.request(), link.content.birth()) == RequestMemory.Knowledge.NEW;
    }
}
