package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A few replicas of one shard with a network that the test rules: everything from one seed.
final class ReplicaCluster {
    record Flying(NodeId from, NodeId to, Bytes bytes) {}

    /// One node: its replica, its storage, and what its callers were told.
    final class Node {
        final NodeId id;
        final StoredWrites stored = new StoredWrites();
        Replica replica;
        final List<Alarm> alarms = new ArrayList<>();
        boolean up = true;

        Node(long id, PartitionTypes types, Function<Replica.Setup, Replica> opening) {
            this.id = new NodeId(id);
            this.stored.types = types;
            this.replica = opening.apply(setup());
        }

        Replica.Setup setup() {
            return new Replica.Setup(id, settings, stored.types, stored);
        }

        /// Starts again with another release of the service.
        void restart(PartitionTypes release) {
            stored.types = release;
            restart();
        }

        void settle() {
            for (Effects effects = replica.drain(); !effects.isEmpty(); effects = replica.drain()) {
                stored.apply(effects.writes());
                effects.sends().forEach(send -> send(id, send.to(), send.message()));
                effects.replies()
                        .forEach(tell -> replies.computeIfAbsent(tell.ticket(), _ -> new ArrayList<>())
                                .add(tell.reply()));
                resubmissions.addAll(effects.resubmit());
                alarms.addAll(effects.alarms());
                replica.stored(effects.number());
            }
        }

        void restart() {
            replica = Replica.recover(setup(), List.of(), RetiredPlace.NONE);
            settle();
        }
    }

    final ReplicaSettings settings;

    /// The release with which nodes begin.
    private final PartitionTypes types;

    final Random random;
    final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    final List<Flying> flying = new ArrayList<>();
    final TreeMap<Long, List<Reply>> replies = new TreeMap<>();
    final List<Request> resubmissions = new ArrayList<>();
    final TreeSet<String> cut = new TreeSet<>();
    long now = 1_000_000;
    private long ticket;

    ReplicaCluster(long seed, int size, ReplicaSettings settings) {
        this(seed, size, settings, Journalled.TYPES);
    }

    ReplicaCluster(long seed, int size, ReplicaSettings settings, PartitionTypes types) {
        this.types = types;
        this.random = new Random(seed);
        this.settings = settings;
        var ids = new ArrayList<NodeId>();
        for (long i = 1; i <= size; i++) {
            ids.add(new NodeId(i));
        }
        for (long i = 1; i <= size; i++) {
            var node = new Node(i, types, setup -> Replica.found(setup, ids));
            nodes.put(node.id, node);
            node.settle();
        }
    }

    static ReplicaCluster of(int size) {
        return new ReplicaCluster(1, size, ReplicaSettings.defaults());
    }

    Node node(long id) {
        return Objects.requireNonNull(nodes.get(new NodeId(id)));
    }

    Node join(long id, long... sources) {
        var from = new ArrayList<NodeId>();
        for (long source : sources) {
            from.add(new NodeId(source));
        }
        var node = new Node(id, types, setup -> Replica.join(setup, from));
        nodes.put(node.id, node);
        return node;
    }

    static PartitionAddress address(String key) {
        return new PartitionAddress(Journalled.TYPE.id(), PartitionKey.of(key));
    }

    /// Makes a request at a node; returns its ticket.
    long request(long node, String key, Event<Journalled.Words, ?> event, Consistency consistency) {
        return request(node, new RequestId(7, ticket + 1), key, event, consistency);
    }

    long request(long node, RequestId id, String key, Event<Journalled.Words, ?> event, Consistency consistency) {
        return request(node, id, null, key, event, consistency);
    }

    /// A request that was accepted before, under this birth, as the shell hands it on.
    long retry(long node, RequestId id, EventId birth, String key, Event<Journalled.Words, ?> event) {
        return request(node, id, birth, key, event, Consistency.FAST);
    }

    private long request(
            long node,
            RequestId id,
            @Nullable EventId birth,
            String key,
            Event<Journalled.Words, ?> event,
            Consistency consistency) {
        Bytes payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(event));
        return request(node, new Request(id, birth, address(key), payload, null, consistency));
    }

    long request(long node, Request request) {
        ticket++;
        node(node).replica.request(ticket, request, now);
        node(node).settle();
        return ticket;
    }

    long read(long node, String key, boolean linearizable) {
        return read(node, new Read(address(key), linearizable));
    }

    long read(long node, Read read) {
        ticket++;
        node(node).replica.read(ticket, read, now);
        node(node).settle();
        return ticket;
    }

    List<Reply> replies(long ofTicket) {
        return replies.getOrDefault(ofTicket, List.of());
    }

    void cutBetween(long a, long b) {
        cut.add(a + ">" + b);
        cut.add(b + ">" + a);
    }

    private boolean isCut(Flying message) {
        return cut.contains(message.from.value() + ">" + message.to.value());
    }

    /// Delivers one flying message, which one the random numbers say; false if there is none.
    boolean deliverOne(double loss, double doubling) {
        if (flying.isEmpty()) {
            return false;
        }
        int index = random.nextInt(flying.size());
        Flying message = random.nextDouble() < doubling ? flying.get(index) : flying.remove(index);
        Node to = nodes.get(message.to);
        if (to != null && to.up && !isCut(message) && random.nextDouble() >= loss) {
            to.replica.receive(message.from, MessageCodec.read(new WireInput(message.bytes.shared())), now);
            to.settle();
        }
        return true;
    }

    /// Delivers what is flying and what that leads to.
    ///
    /// @return how many messages there were
    int deliverAll() {
        int count = 0;
        while (deliverOne(0, 0)) {
            count++;
        }
        return count;
    }

    void tick(long millis) {
        now += millis;
        for (Node node : nodes.values()) {
            if (node.up) {
                node.replica.tick(now);
                node.settle();
            }
        }
    }

    /// Delivers everything, and lets time pass, until all is quiet or the rounds are over.
    void calm(int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (int left = 10_000; left > 0 && deliverOne(0, 0); left--) {
                // Each delivery may send more.
            }
            tick(50);
        }
    }

    private void send(NodeId from, NodeId to, Message message) {
        var out = new WireOutput();
        MessageCodec.write(out, message);
        flying.add(new Flying(from, to, Bytes.wrap(out.toByteArray())));
    }

    /// What the nodes' directory does: who is behind asks those that take part in the latest epoch.
    void tellOf(ReplicaStatus latest, Node node) {
        ReplicaStatus behind = node.replica.status();
        if (behind.phase() == ReplicaStatus.Phase.PARTICIPATING && behind.epoch() < latest.epoch()) {
            latest.participants().stream()
                    .map(ParticipantId::node)
                    .filter(other -> !other.equals(node.id))
                    .forEach(other -> send(node.id, other, new Message.AskDecisions(behind.epoch())));
        }
    }

    /// Until what has folded is in the stores.
    void checkpoint() {
        calm(110);
    }

    List<String> words(long node, String key) {
        long read = read(node, key, false);
        return ((Journalled.Words) ((Reply.State) replies(read).getFirst()).state()).words();
    }
}
