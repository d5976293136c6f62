package io.legion.runtime.client;

import io.legion.Partition;
import io.legion.Partitions;
import io.legion.Search;
import io.legion.SearchPage;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.runtime.frame.Page;
import io.legion.runtime.search.IndexPages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The partitions of one type, as this node brings requests and searches to them.
public final class LocalPartitions<S> implements Partitions<S> {
    private final PartitionType<S> type;
    private final CallerContext callers;
    private final UUID cluster;

    public LocalPartitions(PartitionType<S> type, CallerContext callers, UUID cluster) {
        this.type = type;
        this.callers = callers;
        this.cluster = cluster;
        // So that it is shown as 0 while no event has failed.
        var _ = callers.meters().failures(type.name());
    }

    @Override
    public Partition<S> of(PartitionKey key) {
        var address = new PartitionAddress(type.id(), key);
        return new LocalPartition<>(
                type, callers, cluster, address, Shards.of(address, callers.shards()), callers.timeout(), null);
    }

    @Override
    public SearchPage search(Search search) {
        return within(search, page(search.start(), search.limit()));
    }

    @Override
    public CompletionStage<SearchPage> searchAsync(Search search) {
        var stage = new CompletableFuture<Page>();
        var found = stage.thenApply(page -> within(search, page));
        callers.start(call(search.start(), search.limit(), new StageReply<>(stage, callers, null)), null);
        return found;
    }

    @Override
    public Stream<IndexRecord> searchAll(Search search) {
        callers.requireOpen(null);
        var records = new IndexPages(this::page, search.start(), search.limit());
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, traits), false)
                .takeWhile(record -> !search.isPast(record.tag()));
    }

    private Page page(SearchTag from, int limit) {
        long begin = System.nanoTime();
        Duration timeout = callers.timeout();
        var slot = new Slot<Page>();
        callers.run(call(from, limit, slot), slot, null, begin + timeout.toNanos());
        Page page = slot.answer(callers, null);
        if (page == null) {
            throw callers.unanswered(" to a search", slot, timeout, null);
        }
        return page;
    }

    private PageCall call(SearchTag from, int limit, ReplyTo<Page> to) {
        return new PageCall(type.id(), from, limit, callers.deadlineMillis(callers.timeout()), to);
    }

    /// The part of a page that lies in the range of a search: nodes know no end.
    private static SearchPage within(Search search, Page page) {
        List<IndexRecord> inside = page.records().stream()
                .takeWhile(record -> !search.isPast(record.tag()))
                .toList();
        boolean end = page.end() || inside.size() < page.records().size();
        return new SearchPage(
                inside,
                end
                        ? Optional.empty()
                        : Optional.of(SearchTag.after(inside.getLast()).text()));
    }
}
