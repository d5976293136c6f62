package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaSettings;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.memory.SoloCluster;
import io.legion.runtime.call.Calls;
import io.legion.runtime.call.Resubmitting;
import io.legion.runtime.call.Routing;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Outgoing;
import io.legion.runtime.lane.RequestMeter;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeSettings;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.LostRequests;
import io.legion.runtime.storage.StateCache;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node cannot bring back into history, and is too old to be tried again, is there after a restart (R54).
final class LostRequestsTest {
    private static final NodeId SELF = new NodeId(1);
    private static final long NOW = 1_000_000;
    private static final int MOST = 1_000;

    /// A number that can be added to.
    record Sum(long value) {
        static final PartitionType<Sum> TYPE =
                PartitionType.named("sum", new Sum(0)).events(Change.class);

        sealed interface Change<O> extends Event<Sum, O> {}

        record Add(long value) implements Change<Long> {
            @Override
            public Applied<Sum, Long> apply(Sum state, EventContext context) {
                return Applied.of(new Sum(state.value + value), state.value + value);
            }
        }
    }

    private static RocksDbStore rocks(Path directory) {
        return RocksDbStore.open(RocksDbStore.Config.of(directory), RecordingLogger.open(), RecordingMonitor.open());
    }

    @TempDir
    Path directory;

    private final RecordingLogger logger = RecordingLogger.open();

    @Test
    void aRequestThatIsTooOldIsListedOverRestartsAndTheLatestAreKept() {
        logger.allow(Logger.Priority.ERROR, "It is listed.");
        logger.allow(Logger.Priority.WARNING, "the memory of requests is full");
        try (var store = rocks(directory)) {
            store.identify(new StoreIdentity(new UUID(1, 1), "sums", SELF, 1, 1, Collections.emptySortedMap()));
            var node = new Shards(store);
            node.state.lane.found(0, List.of(SELF));
            node.forgetWhoAskedFirst();

            node.resubmit(1);
            node.resubmit(2);
            node.resubmit(1);

            assertThat(node.lost()).containsExactly(request(1), request(2));
        }
        try (var store = rocks(directory)) {
            var node = new Shards(store);
            node.state.lane.recover(0, List.of());

            assertThat(node.lost()).containsExactly(request(1), request(2));
            for (int i = 3; i <= MOST + 1; i++) {
                node.resubmit(i);
            }
        }
        try (var store = rocks(directory)) {
            var lost = new Shards(store).lost();

            assertThat(lost).hasSize(MOST).startsWith(request(2)).endsWith(request(MOST + 1));
        }
        logger.failOnUnexpected();
    }

    private static RequestId request(long number) {
        return new RequestId(100, number);
    }

    private static PartitionAddress address() {
        return new PartitionAddress(Sum.TYPE.id(), PartitionKey.of("one"));
    }

    private static Bytes payload() {
        return Bytes.wrap(Sum.TYPE.eventCodecs().events().encode(new Sum.Add(1)));
    }

    /// The parts of a node that submit again, on a lane with one shard.
    private final class Shards {
        final NodeState state;
        private final Routing routing;
        private final Resubmitting resubmitting;

        Shards(Store store) {
            var types = new PartitionTypes(List.of(Sum.TYPE));
            var cache = CaffeineLruCache.<PartitionAddress, StateCache.Cached>open(
                    new CaffeineLruCache.Config(1 << 20), StateCache::weigh, RecordingMonitor.open());
            var lane = new LaneSetup(
                    SELF,
                    1,
                    Durability.HANDED_OVER,
                    new ReplicaSettings(60_000, 400, 2_000, 2_000, 1, 128, 3_600_000, 100_000, 64, 64 * 1024),
                    types,
                    store,
                    new StateCache(cache),
                    new RequestMeter(Monitor.none(), 1),
                    logger);
            state = new NodeState(new NodeSetup(lane, NodeSettings.defaults(1), SoloCluster.open(), 1), new Nowhere());
            state.nowMillis = NOW;
            state.hosted.add(0);
            routing = new Routing(state, new Calls(types));
            resubmitting = new Resubmitting(state, routing, new LostRequests(store), store);
        }

        /// With a memory for one client only, the second request moves the horizon.
        void forgetWhoAskedFirst() {
            for (int client = 1; client <= 3; client++) {
                state.nowMillis = NOW + client;
                var id = new RequestId(2L * client, 1);
                routing.request(0, new Request(id, null, address(), payload(), null, Consistency.FINAL), new Silent());
                state.lane.flush();
            }
        }

        void resubmit(long number) {
            state.nowMillis = NOW + 10;
            var birth = new EventId(1, new ParticipantId(SELF, 1));
            resubmitting.resubmit(
                    0, new Request(request(number), birth, address(), payload(), null, Consistency.DURABLE));
            state.lane.flush();
        }

        List<RequestId> lost() {
            return resubmitting.lostRequests();
        }
    }

    private record Nowhere() implements Outgoing {
        @Override
        public void send(int shard, NodeId to, Message message) {}

        @Override
        public void resubmit(int shard, Request request) {}
    }

    private record Silent() implements Waiter {
        @Override
        public void replied(Reply reply) {
            assertThat(reply).isInstanceOf(Reply.Answered.class);
        }

        @Override
        public void failed(NoAnswer none) {
            throw new AssertionError(none.toString());
        }

        @Override
        public long deadlineMillis() {
            return Long.MAX_VALUE;
        }
    }
}
