package io.legion.runtime.client;

import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.core.Answer;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.IndexRecord;
import io.legion.core.Outcome;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Shards;
import io.legion.runtime.frame.Page;
import io.legion.runtime.host.DirectCall;
import io.legion.runtime.search.IndexPages;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The partitions of one type, as this node brings requests to them.
public final class LocalPartitions<S> implements Partitions<S> {
    private final PartitionType<S> type;
    private final int typeId;
    private final OwnEvents<S> events;
    private final CallerContext hosting;

    public LocalPartitions(PartitionType<S> type, CallerContext hosting) {
        this.type = type;
        this.typeId = type.id();
        this.events = new OwnEvents<>(type);
        this.hosting = hosting;
    }

    @Override
    public RequestId nextRequestId(PartitionKey key) {
        return hosting.ids().next(shardOf(address(key)));
    }

    @Override
    public <O> Answer<O> request(PartitionKey key, Event<S, O> event, Consistency consistency) {
        var address = address(key);
        int shard = shardOf(address);
        return request(address, shard, event, consistency, hosting.ids().next(shard));
    }

    @Override
    public <O> Answer<O> request(PartitionKey key, Event<S, O> event, Consistency consistency, RequestId id) {
        var address = address(key);
        return request(address, shardOf(address), event, consistency, id);
    }

    private <O> Answer<O> request(
            PartitionAddress address, int shard, Event<S, O> event, Consistency consistency, RequestId id) {
        long begin = System.nanoTime();
        var asked = asked(address, event, consistency, id);
        var answer = answer(asked, outputs(event), reply(shard, asked, begin));
        hosting.meters().answered(consistency, System.nanoTime() - begin);
        return answer;
    }

    private Reply.Answered reply(int shard, Request asked, long begin) {
        long deadlineMillis = hosting.deadlineMillis();
        boolean unknown = false;
        if (asked.consistency() == Consistency.FAST) {
            var direct = new DirectCall(shard, asked, deadlineMillis);
            hosting.direct(direct, asked.id());
            Reply.Answered answer = direct.answer();
            if (answer != null) {
                return answer;
            }
            unknown = direct.isUnknown();
        }
        return awaited(shard, asked, deadlineMillis, unknown, begin);
    }

    private Reply.Answered awaited(int shard, Request asked, long deadlineMillis, boolean unknown, long begin) {
        var slot = new Slot();
        var call = new RequestCall(shard, asked, hosting.completions(), deadlineMillis, slot, null, unknown);
        if (unknown) {
            hosting.runAgain(call, slot, begin);
        } else {
            hosting.run(call, slot, asked.id(), begin);
        }
        if (slot.reply(asked.id()) instanceof Reply.Answered answered) {
            return answered;
        }
        hosting.meters().timedOut();
        throw new RequestException.TimedOut(
                "no answer within " + hosting.timeout()
                        + ": the event may be applied or not; a retry with the same request id " + asked.id()
                        + " changes the state at most once",
                asked.id());
    }

    @Override
    public <O> CompletionStage<Answer<O>> requestLater(
            PartitionKey key, Event<S, O> event, Consistency consistency, RequestId id) {
        long begin = System.nanoTime();
        var asked = asked(address(key), event, consistency, id);
        var outputs = outputs(event);
        return replyLater(asked, hosting.deadlineMillis())
                .thenApply(reply -> answer(asked, outputs, reply))
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        hosting.meters().answered(consistency, System.nanoTime() - begin);
                    }
                });
    }

    private CompletableFuture<Reply.Answered> replyLater(Request asked, long deadlineMillis) {
        var stage = new CompletableFuture<Reply.Answered>();
        int shard = shardOf(asked.address());
        hosting.start(
                new RequestCall(shard, asked, hosting.completions(), deadlineMillis, null, stage, false), asked.id());
        return stage;
    }

    private <O> Codec<O> outputs(Event<S, O> event) {
        return type.eventCodecs().outputs(event);
    }

    private <O> Answer<O> answer(Request asked, Codec<O> outputs, Reply.Answered reply) {
        Outcome<O> outcome = Answers.outcome(reply, outputs);
        return new Answer<>(outcome, reply.standing(), reply.id(), () -> finalOutcome(asked, outputs, reply, outcome));
    }

    /// Asks again, under the same id and for as long as it takes.
    private <O> CompletionStage<Outcome<O>> finalOutcome(
            Request asked, Codec<O> outputs, Reply.Answered reply, Outcome<O> outcome) {
        if (reply.standing() == Consistency.FINAL) {
            return CompletableFuture.completedFuture(outcome);
        }
        return replyLater(asked.again(reply.id(), Consistency.FINAL), Long.MAX_VALUE)
                .thenApply(last -> Answers.outcome(last, outputs));
    }

    private Request asked(PartitionAddress address, Event<S, ?> event, Consistency consistency, RequestId id) {
        byte[] bytes = encoded(event, id);
        return new Request(id, null, address, Bytes.wrap(bytes), events.own(event, bytes), consistency);
    }

    private byte[] encoded(Event<S, ?> event, RequestId id) {
        byte[] bytes = events.encode(event);
        if (bytes.length > hosting.maxEventBytes()) {
            throw new RequestException.TooLarge(
                    "the event has " + bytes.length + " bytes, and at most " + hosting.maxEventBytes()
                            + " are allowed (the setting maxEvent). Nothing was changed.",
                    id);
        }
        return bytes;
    }

    @Override
    public S read(PartitionKey key, Consistency consistency) {
        var address = address(key);
        var slot = new Slot();
        var read = new Read(address, consistency != Consistency.FAST);
        var call = new ReadCall(shardOf(address), read, hosting.completions(), hosting.deadlineMillis(), slot, null);
        hosting.run(call, slot, null, System.nanoTime());
        if (slot.reply(null) instanceof Reply.State state) {
            hosting.meters().read();
            return cast(state.state());
        }
        hosting.meters().timedOut();
        throw new RequestException.TimedOut("no answer to a read within " + hosting.timeout(), null);
    }

    @Override
    public CompletionStage<S> readLater(PartitionKey key, Consistency consistency) {
        var address = address(key);
        var stage = new CompletableFuture<Object>();
        var read = new Read(address, consistency != Consistency.FAST);
        var call = new ReadCall(shardOf(address), read, hosting.completions(), hosting.deadlineMillis(), null, stage);
        hosting.start(call, null);
        return stage.thenApply(this::cast);
    }

    @Override
    public Stream<IndexRecord> search(SearchTag from) {
        hosting.requireOpen(null);
        var records = new IndexPages(this::page, from);
        int traits = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, traits), false);
    }

    @Override
    public boolean isServedHere(PartitionKey key) {
        int shard = shardOf(address(key));
        return hosting.host().ask(node -> node.isPreferred(shard));
    }

    private Page page(SearchTag from, int limit) {
        var slot = new Slot();
        hosting.run(new PageCall(typeId, from, limit, hosting.deadlineMillis(), slot), slot, null, System.nanoTime());
        Page page = slot.page();
        if (page == null) {
            hosting.meters().timedOut();
            throw new RequestException.TimedOut("no answer to a search within " + hosting.timeout(), null);
        }
        return page;
    }

    private PartitionAddress address(PartitionKey key) {
        return new PartitionAddress(typeId, key);
    }

    private int shardOf(PartitionAddress address) {
        return Shards.of(address, hosting.shards());
    }

    /// Safe: the replica decoded the state by this type's codec.
    @SuppressWarnings("unchecked")
    private S cast(Object state) {
        return (S) state;
    }
}
