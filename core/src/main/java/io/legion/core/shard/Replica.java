package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.RequestId;
import java.util.List;

/// One replica of one shard: takes requests, messages and the time; gives [Effects].
///
/// Owned by one thread at a time. Deterministic: the same inputs in the same order give the same effects. If a
/// method
/// throws, or an effect can not be carried out, the replica must not be used any more.
@SuppressWarnings("DoNotCallSuggester")
public final class Replica {
    /// What a replica is given.
    ///
    /// @param self the node's identity
    public record Setup(NodeId self, ReplicaSettings settings, PartitionTypes types, ShardStorage storage) {}

    private Replica() {}

    /// The first replica of a new shard, or one of the first: all of them are founded with equal lists, in epoch
    /// 0.
    public static Replica found(Setup setup, List<NodeId> participants) {
        throw new UnsupportedOperationException();
    }

    /// A replica that begins to copy the shard from one of `sources`, to be added when it has caught up.
    public static Replica join(Setup setup, List<NodeId> sources) {
        throw new UnsupportedOperationException();
    }

    /// The replica that the store holds.
    public static Replica recover(Setup setup) {
        throw new UnsupportedOperationException();
    }

    /// Takes a request; the reply comes with some later effects, exactly once (twice with `andFinal`).
    public void request(Request request, long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /// Takes a read; the reply comes with some later effects.
    public void read(Read read, long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /// Nobody waits under this ticket any more; its event, if accepted, stands all the same.
    public void forget(long ticket) {
        throw new UnsupportedOperationException();
    }

    public void receive(NodeId from, Message message, long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /// Time has passed. To be called every 50 ms or so while the replica is not idle.
    public void tick(long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /// The way to this node is open again after it was not: the two sides compare vectors first.
    public void reconnected(NodeId node, long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /// Proposes a change of the participants; ignored if one is under way here.
    public void change(Change change, long nowMillis) {
        throw new UnsupportedOperationException();
    }

    /// A resubmitted request is DURABLE where it was submitted: it is no longer salvage.
    public void resubmitted(RequestId id) {
        throw new UnsupportedOperationException();
    }

    /// Everything to be done for the inputs since the last call.
    public Effects drain() {
        throw new UnsupportedOperationException();
    }

    /// The writes of the effects up to this number are in the store.
    public void stored(long number) {
        throw new UnsupportedOperationException();
    }

    /// True if nothing is outstanding and nothing is under way: no tick is needed until the next input.
    public boolean idle() {
        throw new UnsupportedOperationException();
    }

    public ReplicaStatus status() {
        throw new UnsupportedOperationException();
    }
}
