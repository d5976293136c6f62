package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// R23: the outstanding events of one partition on top of its infimum, with their results.
///
/// An event at the end costs one `apply`. An event that lands before others makes the later links stale. The
/// chain applies these again only when a caller asks, from the nearest kept state. It keeps the states of the
/// last [#RECENT] links and of every [#SPACING]th before them, so neither memory nor work is quadratic.
final class Chain {
    static final int RECENT = 32;
    static final int SPACING = 64;

    /// One outstanding event and its result; null before it is first needed, and once it is not kept.
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

    // Parts of the address, for comparison without a detour through it.
    final int hash;
    final int typeId;
    final byte[] key;

    private final Knowing knowing;
    private final VersionTable.OfType versions;
    private final Ring<Link> links = new Ring<>();

    /// The state after every folded event.
    private Object base;

    /// The version as which size and hash of the base are known; any, as long as they are not.
    private int baseVersion;

    /// The most bytes that the base takes, or [StateMeasure#UNKNOWN].
    private int baseSize = StateMeasure.UNKNOWN;

    /// The hash of the base's bytes, or 0.
    private long baseHash;

    /// What the infimum gave when a fold last changed this partition; null until then.
    Infimum.@Nullable Unsaved unsaved;

    /// The links before this index have a valid summary.
    private int summarized;

    /// How many links are retries: events accepted before, under another id.
    private int retries;

    /// True if it was used since the last checkpoint.
    boolean used;

    /// True if it has changed since the last search: the next search looks at it.
    boolean touched;

    /// The tags with which it counts in [UnstoredTags]; null while it does not.
    @Nullable
    SortedSet<Tag> shown;

    /// What the chain must know of requests.
    interface Knowing {
        RequestMemory memory();

        Applier applier();

        /// The versions of a type (R80).
        VersionTable.OfType versions(int type);

        /// The outstanding event, of any partition, that counts for the request id of a later one; null if none
        /// does.
        @Nullable
        LogEntry countsBefore(LogEntry entry);

        /// The message to the caller of an event whose request id stands for another one (R74).
        ///
        /// @param first the use that counts, as far as it is known
        String reused(LogEntry entry, @Nullable IdUse first);
    }

    Chain(PartitionAddress address, PartitionType<?> type, Object base, Knowing knowing) {
        this.address = address;
        this.hash = address.hashCode();
        this.typeId = address.type();
        this.key = address.key().bytes().shared();
        this.type = type;
        this.base = base;
        this.knowing = knowing;
        this.versions = knowing.versions(address.type());
        this.baseVersion = versions.active();
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /// The latest event of each origin here.
    VersionVector outstanding() {
        VersionVector latest = VersionVector.EMPTY;
        for (int i = 0; i < links.size(); i++) {
            LogEntry entry = links.get(i).entry;
            if (latest.get(entry.origin()) < entry.sequence()) {
                latest = latest.with(entry.origin(), entry.sequence());
            }
        }
        return latest;
    }

    /// Only retries may become too old to know (R54).
    boolean hasRetries() {
        return retries > 0;
    }

    /// What is known of requests, or a version, has changed, which may matter to any link.
    void forgetSummaries() {
        summarized = 0;
    }

    void insert(LogEntry entry) {
        int at = links.size();
        while (at > 0 && links.get(at - 1).entry.id().compareTo(entry.id()) > 0) {
            at--;
        }
        links.add(at, new Link(entry));
        summarized = Math.min(summarized, at);
        retries += entry.isRetry() ? 1 : 0;
    }

    /// Removes an event that will not be in history.
    void remove(LogEntry entry) {
        int at = find(entry.id());
        links.remove(at);
        summarized = Math.min(summarized, at);
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

    /// The outcome of an outstanding event in the projection.
    Result.Summary summary(EventId id) {
        summarize();
        return Objects.requireNonNull(links.get(find(id)).summary, "a summarized link has a summary");
    }

    /// The outcome of the last outstanding event in the projection.
    Result.Summary lastSummary() {
        summarize();
        return Objects.requireNonNull(links.last().summary, "a summarized link has a summary");
    }

    @SuppressWarnings("ReferenceEquality") // an entry belongs to one replica
    boolean isLast(LogEntry entry) {
        return links.last().entry == entry;
    }

    /// The state after every folded event.
    Object infimum() {
        return base;
    }

    /// The infimum as a result, made when needed: every young collection would move a kept one.
    private Result base() {
        return new Result(base, baseVersion, baseSize, baseHash, Result.Course.UNTOUCHED, NOTHING);
    }

    private void base(Result folded) {
        base = folded.state();
        baseVersion = folded.version();
        baseSize = folded.size();
        baseHash = folded.stateHash();
    }

    /// The state with all outstanding events applied.
    Object projected() {
        summarize();
        return after(links.size() - 1).state();
    }

    /// What [#projected] gives, if nothing has to be applied for it; else null.
    @Nullable
    Object known() {
        Result last = links.isEmpty() ? base() : links.last().result;
        return last != null && summarized == links.size() ? last.state() : null;
    }

    /// Applies the stale links again, from the nearest known state.
    private void summarize() {
        for (int i = summarized; i < links.size(); i++) {
            evaluate(i);
        }
        summarized = links.size();
    }

    private void evaluate(int index) {
        Link link = links.get(index);
        Result result = result(link.entry, after(index - 1));
        link.result = result;
        link.summary = result.summary();
        int old = index - RECENT;
        if (old >= 0 && old % SPACING != 0) {
            links.get(old).result = null;
        }
    }

    /// The result at an index, applied again from the nearest kept result.
    private Result after(int index) {
        int from = index;
        while (from >= 0 && links.get(from).result == null) {
            from--;
        }
        Result result = from >= 0 ? Objects.requireNonNull(links.get(from).result) : base();
        for (int i = from + 1; i <= index; i++) {
            result = result(links.get(i).entry, result);
        }
        return result;
    }

    private Result result(LogEntry entry, Result before) {
        return result(entry, before, knowing.memory().of(entry));
    }

    /// R53, R54, R74: applies one event, unless its request is in history already or has an outstanding event
    /// before, its id stands for another event, or it is too old to know.
    private Result result(LogEntry entry, Result before, RequestMemory.Knowledge knowledge) {
        Result.Summary known = switch (knowledge) {
            case NEW -> outstandingBefore(entry);
            case REMEMBERED ->
                Objects.requireNonNull(knowing.memory().output(entry.request())).summary();
            case FORGOTTEN -> new Result.Summary(Result.Kind.FORGOTTEN, Bytes.EMPTY);
            case REUSED -> reused(entry, knowing.memory().use(entry.request()));
            case TOO_OLD -> new Result.Summary(Result.Kind.TOO_OLD, Bytes.EMPTY);
        };
        if (known != null) {
            return before.unchanged(known);
        }
        Event<?, ?> event = Applier.event(type, entry);
        return knowing.applier()
                .apply(
                        type,
                        event,
                        before,
                        entry.id(),
                        address.key(),
                        versions.at(entry.id().time()));
    }

    /// The outcome of an event before which another one of its request counts; null if none does.
    private Result.@Nullable Summary outstandingBefore(LogEntry entry) {
        LogEntry counts = knowing.countsBefore(entry);
        if (counts == null) {
            return null;
        }
        return isRepeated(counts, entry) ? earlier(counts.id()) : reused(entry, IdUse.of(counts));
    }

    /// Two uses with one fingerprint are one use. But who looks for it can make two partitions have one.
    @SuppressWarnings("ReferenceEquality") // a chain belongs to one replica
    private boolean isRepeated(LogEntry earlier, LogEntry entry) {
        return earlier.chain() == this && earlier.fingerprint() == entry.fingerprint();
    }

    /// The outcome of an event before the one that is being applied.
    private Result.Summary earlier(EventId id) {
        return Objects.requireNonNull(links.get(find(id)).summary, "a link before has a summary");
    }

    private Result.Summary reused(LogEntry entry, @Nullable IdUse first) {
        return new Result.Summary(Result.Kind.REUSED, Bytes.of(knowing.reused(entry, first)));
    }

    /// Removes the first event from the chain and makes its result the new base (R22).
    ///
    /// @param knowledge what history knows of its request
    Result foldFirst(RequestMemory.Knowledge knowledge) {
        Link first = links.removeFirst();
        retries -= first.entry.isRetry() ? 1 : 0;
        Result kept = summarized > 0 ? first.result : null;
        summarized = Math.max(0, summarized - 1);
        Result result = kept != null && knowledge == RequestMemory.Knowledge.NEW
                ? kept
                : result(first.entry, base(), knowledge);
        if (first.summary != null && !result.summary().equals(first.summary)) {
            summarized = 0;
        }
        base(result);
        return result;
    }

    /// Folds an event that is not in the chain, and precedes all events that are.
    ///
    /// @param knowledge what history knows of its request
    Result fold(LogEntry entry, RequestMemory.Knowledge knowledge) {
        summarized = 0;
        Result result = result(entry, base(), knowledge);
        base(result);
        return result;
    }
}
