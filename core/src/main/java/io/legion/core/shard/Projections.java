package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.Tag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The projected states of the partitions that have outstanding events, and the index that follows them (R23,
/// R66).
final class Projections implements Chain.Knowing {
    private final PartitionTypes types;
    private final Infimum infimum;
    private final RequestMemory memory;
    /// One for each partition that has outstanding events, or has had some since the last checkpoint.
    private final HashMap<PartitionAddress, Chain> chains = new HashMap<>();

    /// The chains that were begun since the last checkpoint, and those that were not empty then.
    private final ArrayList<Chain> all = new ArrayList<>();

    /// The chains that were changed since the last drain, in the order in which they were.
    private final ArrayList<Chain> touched = new ArrayList<>();

    /// Those in which a request is outstanding that was accepted before (R54).
    private final LinkedHashSet<Chain> retried = new LinkedHashSet<>();

    private final ArrayList<Write> copiedTags = new ArrayList<>();

    /// The first outstanding event of each request.
    private final HashMap<RequestId, EventId> requests = new HashMap<>();

    /// All outstanding events of each request that has more than one, because it was tried again elsewhere.
    private final HashMap<RequestId, TreeSet<EventId>> repeated = new HashMap<>();

    Projections(PartitionTypes types, Infimum infimum, RequestMemory memory) {
        this.types = types;
        this.infimum = infimum;
        this.memory = memory;
    }

    @Override
    public RequestMemory memory() {
        return memory;
    }

    @Override
    public boolean isRepeated(RequestId id) {
        return repeated.containsKey(id);
    }

    /// The first outstanding event of a request, or null if there is none.
    @Nullable
    EventId outstanding(RequestId id) {
        return requests.get(id);
    }

    void insert(LogEntry entry) {
        LogEntry.Content content = entry.content();
        if (content != null) {
            Chain chain = chain(content.address());
            chain.insert(entry, content);
            entry.chain(chain);
            if (content.isRetry(entry.id())) {
                retried.add(chain);
            }
            rememberRequest(content.request(), entry.id());
        }
    }

    private void rememberRequest(RequestId request, EventId event) {
        EventId known = requests.putIfAbsent(request, event);
        if (known != null) {
            TreeSet<EventId> all = repeated.computeIfAbsent(request, _ -> new TreeSet<>(Set.of(known)));
            all.add(event);
            requests.put(request, all.first());
        }
    }

    private Chain chain(PartitionAddress address) {
        Chain chain = chains.computeIfAbsent(address, this::begin);
        touch(chain);
        return chain;
    }

    /// The chain of an outstanding event: the entry mostly knows it, and no partition has to be looked up.
    private Chain chain(LogEntry entry, LogEntry.Content content) {
        Chain known = entry.chain();
        if (known == null || !known.isOf(this)) {
            return chain(content.address());
        }
        touch(known);
        return known;
    }

    private void touch(Chain chain) {
        if (!chain.touched) {
            chain.touched = true;
            touched.add(chain);
        }
    }

    /// R54: the horizon is higher than the stored one, so outstanding events may have become too old.
    ///
    /// @return false if there are none for which that matters
    boolean horizonMoved() {
        for (Chain chain : retried) {
            chain.unsettle();
            touch(chain);
        }
        return !retried.isEmpty();
    }

    private Chain begin(PartitionAddress address) {
        PartitionType<?> type = types.require(address.type());
        Object state = infimum.state(address, type);
        var chain = new Chain(address, type, state, tags(type, state), this);
        all.add(chain);
        return chain;
    }

    @SuppressWarnings("unchecked")
    private static <S> SortedSet<Tag> tags(PartitionType<S> type, Object state) {
        return type.tags((S) state);
    }

    /// Takes out an event that will not be in history.
    void remove(LogEntry entry) {
        LogEntry.Content content = entry.content();
        if (content != null) {
            Chain chain = chain(entry, content);
            chain.remove(entry);
            forgetRetry(chain);
            forgetRequest(content.request(), entry.id());
        }
    }

    private void forgetRetry(Chain chain) {
        if (!retried.isEmpty() && !chain.hasRetries()) {
            retried.remove(chain);
        }
    }

    private void forgetRequest(RequestId request, EventId event) {
        TreeSet<EventId> all = repeated.get(request);
        if (all == null) {
            requests.remove(request);
            return;
        }
        all.remove(event);
        requests.put(request, all.first());
        if (all.size() == 1) {
            repeated.remove(request);
        }
    }

    /// Folds the first outstanding event of a partition, which `entry` must be.
    Result fold(LogEntry entry, LogEntry.Content content) {
        Chain chain = chain(entry, content);
        Result result = chain.foldFirst();
        forgetRetry(chain);
        forgetRequest(content.request(), entry.id());
        if (result.stateBytes() != null) {
            infimum.put(content.address(), result.state(), result.stateBytes());
        }
        return result;
    }

    Result.Summary summary(LogEntry entry, LogEntry.Content content) {
        return chain(entry, content).summary(entry.id());
    }

    /// The projected state of a partition.
    Object state(PartitionAddress address) {
        Chain chain = chains.get(address);
        return chain == null ? infimum.state(address, types.require(address.type())) : chain.projected();
    }

    /// Brings the index up to date with the projected states (R66).
    void drain(List<Write> writes) {
        for (Chain chain : touched) {
            chain.touched = false;
            reindex(chain, writes);
        }
        touched.clear();
        writes.addAll(copiedTags);
        copiedTags.clear();
    }

    /// Forgets the partitions of which nothing is outstanding.
    void forgetEmpty() {
        all.removeIf(chain -> chain.isEmpty() && chains.remove(chain.address, chain));
    }

    private static void reindex(Chain chain, List<Write> writes) {
        SortedSet<Tag> tags = chain.projectedTags();
        writeTags(chain.address, chain.indexed, tags, writes);
        chain.indexed = tags;
    }

    /// The tags of a copied state: they go to the index with the next writes.
    void copied(PartitionAddress address, SortedSet<Tag> before, SortedSet<Tag> after) {
        writeTags(address, before, after, copiedTags);
    }

    /// Everything copied so far is to be dropped, also what has not gone to the index yet.
    void wipe() {
        copiedTags.clear();
        forgetEmpty();
    }

    /// Adds the writes that turn the tags of a partition from `before` to `after`.
    private static void writeTags(
            PartitionAddress address, SortedSet<Tag> before, SortedSet<Tag> after, List<Write> writes) {
        if (before.equals(after)) {
            return;
        }
        for (Tag tag : before) {
            if (!after.contains(tag)) {
                writes.add(new Write.DropTag(address.type(), new IndexRecord(tag, address.key())));
            }
        }
        for (Tag tag : after) {
            if (!before.contains(tag)) {
                writes.add(new Write.PutTag(address.type(), new IndexRecord(tag, address.key())));
            }
        }
    }
}
