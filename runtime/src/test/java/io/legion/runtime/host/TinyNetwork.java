package io.legion.runtime.host;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.core.placement.RebalancingSettings;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Read;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Shards;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeSettings;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.search.SearchWaiter;
import io.legion.service.RecordingLogger;
import io.legion.spi.DamagedStore;
import io.legion.spi.Frames;
import io.legion.spi.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Nodes in one thread that send each other frames in order, without loss but where it is cut, under a time of
/// its own.
public final class TinyNetwork {
    public static final int SHARDS = 8;
    public static final long STEP_MILLIS = 10;

    private record Frame(long from, long to, Bytes bytes) {}

    /// What a node keeps when it stops.
    private final TreeMap<Long, DamagedStore> stores = new TreeMap<>();

    private final TreeMap<Long, Node> nodes = new TreeMap<>();
    private final TreeSet<String> cuts = new TreeSet<>();
    private final ArrayDeque<Frame> underWay = new ArrayDeque<>();
    public final RecordingLogger logger = RecordingLogger.open();
    private final NodeSettings settings;

    /// The release of the service on each node, and what the node says of it, where that is not the usual one.
    private final TreeMap<Long, Release> releases = new TreeMap<>();

    private record Release(PartitionTypes types, String name, boolean holds) {}

    public long nowMillis = 1_000_000;
    private long requests;
    public long frames;

    public TinyNetwork(NodeSettings settings) {
        this.settings = settings;
    }

    public static TinyNetwork usual() {
        return new TinyNetwork(NodeSettings.defaults(SHARDS).with(new RebalancingSettings(3, 5_000, 4, 1_000)));
    }

    public Node node(long id) {
        return java.util.Objects.requireNonNull(nodes.get(id), "the node runs");
    }

    public Node found(long id) {
        Node node = open(id);
        node.found(nowMillis);
        meet(id);
        return node;
    }

    public Node join(long id) {
        Node node = open(id);
        node.join(nowMillis);
        meet(id);
        return node;
    }

    public Node restart(long id) {
        Node node = open(id);
        node.recover(nowMillis);
        meet(id);
        return node;
    }

    /// The next start of a node is of this release.
    void install(long id, PartitionTypes types, String name, boolean holds) {
        releases.put(id, new Release(types, name, holds));
    }

    private Node open(long id) {
        Store store = stores.computeIfAbsent(id, _ -> new DamagedStore(TestLanes.memory()));
        if (store.identity().isEmpty()) {
            store.identify(TestLanes.identity(id, SHARDS));
        }
        var self = new NodeId(id);
        var release = releases.getOrDefault(id, new Release(TestLanes.types(), "", false));
        var lane = TestLanes.setup(self, store, logger, SHARDS, release.types);
        var its = settings.releasing(release.name, release.holds);
        Node node = Node.open(new NodeSetup(lane, its, new Port(this, id), id));
        nodes.put(id, node);
        return node;
    }

    private void meet(long id) {
        for (long other : List.copyOf(nodes.keySet())) {
            if (other != id && !isCut(id, other)) {
                connect(id, other);
            }
        }
    }

    private void connect(long one, long two) {
        node(one).joined(new NodeId(two), nowMillis);
        node(two).joined(new NodeId(one), nowMillis);
    }

    /// The process ends without a word; its store stays.
    public void kill(long id) {
        nodes.remove(id);
        underWay.removeIf(frame -> frame.from == id || frame.to == id);
        nodes.values().forEach(node -> node.left(new NodeId(id), nowMillis));
    }

    /// The store of a node that does not run becomes what it was before the node held any shard.
    public void putBackToTheBeginning(long id) {
        stores.remove(id);
    }

    public DamagedStore store(long id) {
        return java.util.Objects.requireNonNull(stores.get(id), "the node has run");
    }

    /// Nothing that is under way arrives.
    public void loseWhatIsUnderWay() {
        underWay.clear();
    }

    public void cut(long one, long two) {
        cuts.add(Math.min(one, two) + "-" + Math.max(one, two));
        underWay.removeIf(frame -> isCut(frame.from, frame.to));
        node(one).left(new NodeId(two), nowMillis);
        node(two).left(new NodeId(one), nowMillis);
    }

    public void heal() {
        for (long one : nodes.keySet()) {
            for (long two : nodes.keySet()) {
                if (one < two && isCut(one, two)) {
                    cuts.remove(one + "-" + two);
                    connect(one, two);
                }
            }
        }
    }

    public boolean isCut(long one, long two) {
        return cuts.contains(Math.min(one, two) + "-" + Math.max(one, two));
    }

    /// The nodes that run, in order.
    List<Long> running() {
        return List.copyOf(nodes.keySet());
    }

    /// Lets time pass.
    public void run(long millis) {
        for (long end = nowMillis + millis; nowMillis < end; ) {
            step();
        }
    }

    /// Lets time pass until something holds, but not for longer than this.
    public boolean runUntil(long millis, BooleanSupplier condition) {
        long end = nowMillis + millis;
        while (!condition.getAsBoolean() && nowMillis < end) {
            step();
        }
        return condition.getAsBoolean();
    }

    private void step() {
        nowMillis += STEP_MILLIS;
        for (int left = underWay.size(); left > 0; left--) {
            Frame frame = underWay.remove();
            Node to = nodes.get(frame.to);
            if (to != null && !isCut(frame.from, frame.to)) {
                to.receive(new NodeId(frame.from), frame.bytes, nowMillis);
            }
        }
        for (Node node : List.copyOf(nodes.values())) {
            if (nowMillis % 50 == 0) {
                node.tick(nowMillis);
            }
            node.flush(nowMillis);
        }
    }

    /// The nodes that take part in a shard, as the first that does sees it; empty if nobody does.
    List<Long> participants(int shard) {
        return nodes.values().stream()
                .flatMap(node -> node.view().status(shard).stream())
                .filter(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .max(java.util.Comparator.comparingLong(ReplicaStatus::epoch))
                .map(status -> status.participants().stream()
                        .map(p -> p.node().value())
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /// True if every shard has exactly so many participants, all of them running in one epoch with nothing
    /// outstanding and equal histories.
    public boolean isSettled(int participants) {
        for (int shard = 0; shard < SHARDS; shard++) {
            if (!isSettled(shard, participants)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSettled(int shard, int participants) {
        var nodesOf = participants(shard);
        var states = new TreeSet<String>();
        for (long id : nodesOf) {
            Node node = nodes.get(id);
            var status = node == null ? null : node.view().status(shard).orElse(null);
            if (status == null
                    || status.phase() != ReplicaStatus.Phase.PARTICIPATING
                    || status.frozen()
                    || status.outstanding() > 0) {
                return false;
            }
            states.add(status.epoch() + " " + status.folded() + " " + status.historyHash());
        }
        return nodesOf.size() == participants && states.size() == 1;
    }

    /// Whoever asked, and what was said.
    public static class Asking implements Waiter {
        final List<Reply> replies = new ArrayList<>();

        @Nullable
        NoAnswer failure;

        private final long deadlineMillis;

        Asking(long deadlineMillis) {
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void replied(Reply reply) {
            replies.add(reply);
        }

        @Override
        public void failed(NoAnswer none) {
            failure = none;
        }

        @Override
        public long deadlineMillis() {
            return replies.isEmpty() ? deadlineMillis : Long.MAX_VALUE;
        }

        boolean isDone() {
            return failure != null || !replies.isEmpty();
        }

        /// The cents that were answered.
        long cents() {
            if (replies.isEmpty()) {
                throw new AssertionError("no answer, but " + failure);
            }
            return switch (replies.getLast()) {
                case Reply.Answered answered ->
                    Account.TYPE
                            .eventCodecs()
                            .outputs(new Account.Deposit(0))
                            .decode(answered.body().shared());
                case Reply.State state -> ((Account) state.state()).cents();
                case Reply.Refused refused -> throw new AssertionError(refused.toString());
            };
        }
    }

    static int shardOf(String key) {
        return Shards.of(address(key), SHARDS);
    }

    public Asking deposit(long at, String key, long cents, Consistency consistency) {
        return deposit(at, key, cents, consistency, new RequestId(7, ++requests), null, 20_000);
    }

    public Asking deposit(
            long at,
            String key,
            long cents,
            Consistency consistency,
            RequestId id,
            @Nullable EventId birth,
            long patienceMillis) {
        Event<Account, ?> event = new Account.Deposit(cents);
        var payload = Bytes.wrap(Account.TYPE.eventCodecs().events().encode(event));
        var asking = new Asking(nowMillis + patienceMillis);
        var request = new Request(id, birth, address(key), payload, event, consistency);
        node(at).request(shardOf(key), request, asking, nowMillis);
        return asking;
    }

    public Asking read(long at, String key, boolean linearizable) {
        var asking = new Asking(nowMillis + 20_000);
        node(at).read(shardOf(key), new Read(address(key), linearizable), asking, nowMillis);
        return asking;
    }

    public static PartitionAddress address(String key) {
        return new PartitionAddress(Account.TYPE.id(), PartitionKey.of(key));
    }

    /// Every record of the index, a page of `limit` after the other, as one node gives them.
    List<IndexRecord> search(long at, int limit) {
        var all = new ArrayList<IndexRecord>();
        boolean[] end = {false};
        while (!end[0]) {
            int before = all.size();
            boolean[] told = {false};
            SearchTag from = all.isEmpty() ? SearchTag.START : SearchTag.after(all.getLast());
            node(at).search(
                            Account.TYPE.id(),
                            from,
                            limit,
                            new SearchWaiter() {
                                @Override
                                public void yielded(List<IndexRecord> records, boolean isEnd) {
                                    all.addAll(records);
                                    end[0] = isEnd;
                                    told[0] = true;
                                }

                                @Override
                                public void failed(NoAnswer none) {
                                    throw new AssertionError(none.toString());
                                }

                                @Override
                                public long deadlineMillis() {
                                    return Long.MAX_VALUE;
                                }
                            },
                            nowMillis);
            if (!runUntil(10_000, () -> told[0]) || (all.size() == before && !end[0])) {
                throw new AssertionError("the search does not come to an end");
            }
        }
        return all;
    }

    private record Port(TinyNetwork network, long self) implements Frames {
        @Override
        public boolean send(NodeId to, Bytes frame) {
            network.frames++;
            network.underWay.add(new Frame(self, to.value(), frame));
            return true;
        }

        @Override
        public int maxFrameBytes() {
            return 1 << 20;
        }
    }
}
