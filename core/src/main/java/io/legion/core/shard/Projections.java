package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.Tag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The projected states of the partitions with outstanding events, and how their index differs from the stored
/// one (R23, R66).
///
/// A replica applies an event when a caller asks for its outcome, or when it folds. So a replica that only
/// follows applies an event once, to the infimum.
final class Projections implements Chain.Knowing {
    private final PartitionTypes types;
    private final Infimum infimum;
    private final RequestMemory memory;
    private final Applier applier;
    private final Tagger tagger;
    private final VersionTable versions;

    private final Log log;

    /// All outstanding events.
    interface Log {
        @Nullable
        LogEntry find(EventId id);
    }

    /// Events whose outcome no caller has asked for yet, in the order in which they came; also some that are
    /// not outstanding any more.
    private final ArrayDeque<LogEntry> unplaced = new ArrayDeque<>();

    /// One for each partition that has outstanding events, or had some since the last checkpoint but one.
    private final ChainTable chains = new ChainTable();

    /// All chains, in the order in which they began.
    private final ArrayList<Chain> all = new ArrayList<>();

    /// The chains with an outstanding retry (R54).
    private final LinkedHashSet<Chain> retried = new LinkedHashSet<>();

    private final OutstandingRequests requests = new OutstandingRequests();

    /// The chains of indexed types that have changed since the last search, in the order in which they did.
    private final ArrayList<Chain> touched = new ArrayList<>();

    private final UnstoredTags unstoredTags = new UnstoredTags();

    Projections(
            PartitionTypes types,
            Infimum infimum,
            RequestMemory memory,
            Applier applier,
            Tagger tagger,
            VersionTable versions,
            Log log) {
        this.types = types;
        this.infimum = infimum;
        this.memory = memory;
        this.applier = applier;
        this.tagger = tagger;
        this.versions = versions;
        this.log = log;
    }

    @Override
    public RequestMemory memory() {
        return memory;
    }

    @Override
    public Applier applier() {
        return applier;
    }

    @Override
    public VersionTable.OfType versions(int type) {
        return versions.of(type);
    }

    @Override
    public @Nullable LogEntry countsBefore(LogEntry entry) {
        if (!requests.isRepeated(entry.request())) {
            return null;
        }
        for (EventId before : requests.before(entry.request(), entry.id())) {
            LogEntry earlier = log.find(before);
            // A try that is too old to know is not in history: the next one counts (R54).
            if (earlier != null && memory.of(earlier) == RequestMemory.Knowledge.NEW) {
                return earlier;
            }
        }
        return null;
    }

    @Override
    public String reused(LogEntry entry, @Nullable IdUse first) {
        return IdUse.reused(types, entry.request(), first, entry.address());
    }

    /// The first outstanding event of a request id, or null if there is none.
    @Nullable
    EventId outstanding(RequestId id) {
        placeAll();
        return requests.first(id);
    }

    /// The first outstanding event of a request id with this use (R74), or null if there is none.
    @Nullable
    EventId outstanding(RequestId id, long fingerprint) {
        placeAll();
        for (EventId event : requests.all(id)) {
            LogEntry entry = log.find(event);
            if (entry != null && entry.fingerprint() == fingerprint) {
                return event;
            }
        }
        return null;
    }

    /// The first outstanding event of a request whose event this one is, itself or an earlier try (R53).
    EventId first(LogEntry entry) {
        placeAll();
        EventId first = requests.isRepeated(entry.request())
                ? outstanding(entry.request(), entry.fingerprint())
                : requests.first(entry.request());
        return first == null ? entry.id() : first;
    }

    /// Takes an event and decodes it, before anybody learns that this replica has it: an event that this
    /// release cannot read stops the replica.
    void insert(LogEntry entry) {
        if (!entry.isBarrier()) {
            Applier.event(types.require(entry.type()), entry);
            entry.take();
            unplaced.addLast(entry);
        }
    }

    private void placeAll() {
        for (LogEntry entry = unplaced.pollFirst(); entry != null; entry = unplaced.pollFirst()) {
            if (entry.isOutstanding()) {
                place(entry);
            }
        }
    }

    private void place(LogEntry entry) {
        Chain chain = chain(entry);
        chain.insert(entry);
        entry.chain(chain);
        touch(chain);
        if (entry.isRetry()) {
            retried.add(chain);
        }
        requests.add(entry.request(), entry.id());
        if (requests.isRepeated(entry.request())) {
            countAnew(entry.request());
        }
    }

    /// Which event counts for a request id may have changed: the outcomes of all of them, in any partition, may
    /// be others now.
    private void countAnew(RequestId id) {
        for (EventId event : requests.all(id)) {
            LogEntry entry = log.find(event);
            Chain chain = entry == null ? null : entry.chain();
            if (chain != null) {
                chain.forgetSummaries();
                touch(chain);
            }
        }
    }

    private Chain chain(LogEntry entry) {
        Chain known = chains.find(entry);
        if (known != null) {
            known.used = true;
            return known;
        }
        PartitionAddress address = entry.address();
        PartitionType<?> type = types.require(address.type());
        var chain = new Chain(address, type, infimum.state(address, type), this);
        chain.used = true;
        chains.add(chain);
        all.add(chain);
        return chain;
    }

    private void touch(Chain chain) {
        if (!chain.touched && chain.type.isIndexed()) {
            chain.touched = true;
            touched.add(chain);
        }
    }

    /// R54: the horizon is higher, so outstanding events may have become too old.
    void horizonMoved() {
        for (Chain chain : retried) {
            chain.forgetSummaries();
            touch(chain);
        }
        requests.repeated().forEach(this::countAnew);
    }

    /// R82: outstanding events may be applied under another version now, and tags may be others.
    void versionsChanged() {
        for (Chain chain : all) {
            chain.forgetSummaries();
            touch(chain);
        }
    }

    /// Removes an event that will not be in history.
    void remove(LogEntry entry) {
        Chain chain = entry.chain();
        entry.leave();
        if (chain != null) {
            chain.remove(entry);
            touch(chain);
            left(chain, entry);
        }
    }

    /// An event has left its chain.
    private void left(Chain chain, LogEntry entry) {
        if (!retried.isEmpty() && !chain.hasRetries()) {
            retried.remove(chain);
        }
        if (requests.remove(entry.request(), entry.id())) {
            countAnew(entry.request());
        }
    }

    /// The state of an outstanding event's partition after every folded event.
    Object infimum(LogEntry entry) {
        return chainOf(entry).infimum();
    }

    private Chain chainOf(LogEntry entry) {
        Chain placed = entry.chain();
        return placed == null ? chain(entry) : placed;
    }

    /// Folds the first of all outstanding events, which `entry` must be.
    ///
    /// @param knowledge what history knows of its request
    Result fold(LogEntry entry, RequestMemory.Knowledge knowledge) {
        Chain placed = entry.chain();
        Chain chain = chainOf(entry);
        Result result = placed == null ? chain.fold(entry, knowledge) : chain.foldFirst(knowledge);
        entry.leave();
        if (placed == null) {
            forgetUnplaced(entry);
            countAnew(entry.request());
        } else {
            left(chain, entry);
        }
        touch(chain);
        if (result.changed()) {
            chain.unsaved = infimum.put(chain.unsaved, chain.address, chain.type, result.state(), result.size());
        }
        return result;
    }

    /// Events that came first mostly fold first: then this looks at no other one.
    @SuppressWarnings("ReferenceEquality") // an entry belongs to one replica
    private void forgetUnplaced(LogEntry folded) {
        if (unplaced.peekFirst() == folded) {
            unplaced.removeFirst();
            return;
        }
        while (!unplaced.isEmpty() && !unplaced.getFirst().isOutstanding()) {
            unplaced.removeFirst();
        }
    }

    /// The outcome of an outstanding event in the projection.
    Result.Summary summary(LogEntry entry) {
        placeAll();
        Chain chain = Objects.requireNonNull(entry.chain(), "an outstanding event is in a chain");
        return chain.isLast(entry) ? chain.lastSummary() : chain.summary(entry.id());
    }

    /// The projected state of a partition.
    Object state(PartitionAddress address) {
        placeAll();
        Chain chain = chains.find(address);
        return chain == null ? infimum.state(address, types.require(address.type())) : chain.projected();
    }

    /// The projected state of a partition, for people who look: nothing changes here, whatever it meets.
    ///
    /// @param outstanding events of the shard, in the order of their ids
    /// @param own those of the partition
    Object peek(PartitionAddress address, List<LogEntry> outstanding, List<LogEntry> own) {
        Chain chain = unplaced.isEmpty() ? chains.find(address) : null;
        Object known = chain == null ? null : chain.known();
        if (known != null) {
            return known;
        }
        PartitionType<?> type = types.require(address.type());
        var apart = new Chain(address, type, infimum.state(address, type), new LookRequests(this, outstanding));
        own.forEach(apart::insert);
        return apart.projected();
    }

    /// The latest outstanding event of each origin for a partition.
    VersionVector outstanding(PartitionAddress address) {
        placeAll();
        Chain chain = chains.find(address);
        return chain == null ? VersionVector.EMPTY : chain.outstanding();
    }

    /// R66: by which tags the projected states differ from the stored ones.
    UnstoredTags unstoredTags() {
        placeAll();
        for (Chain chain : touched) {
            chain.touched = false;
            SortedSet<Tag> stored = infimum.storedTags(chain.address, chain.type);
            SortedSet<Tag> before = chain.shown == null ? stored : chain.shown;
            chain.shown = tagger.tags(chain.address, chain.type, chain.projected());
            unstoredTags.change(chain.address, stored, before, chain.shown);
        }
        touched.clear();
        return unstoredTags;
    }

    /// What has folded goes to the store. Forgets the partitions that have nothing outstanding and were not
    /// used since the last checkpoint.
    void checkpoint() {
        if (all.removeIf(chain -> chain.isEmpty() && !chain.used)) {
            chains.retain(all);
        }
        unstoredTags.clear();
        touched.clear();
        for (Chain chain : all) {
            chain.used = false;
            chain.shown = null;
            chain.touched = false;
            if (!chain.isEmpty()) {
                touch(chain);
            }
        }
    }
}
