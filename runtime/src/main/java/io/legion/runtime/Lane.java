package io.legion.runtime;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.shard.Change;
import io.legion.core.shard.LossAccepted;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Read;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaSettings;
import io.legion.core.shard.ReplicaStatus;
import io.legion.service.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A group of shards that work one after the other and share every write to the store.
///
/// It takes inputs, any number of them, and then [#flush]: what all shards have to store becomes one batch, one
/// write, and only when that has returned are messages sent and callers answered. So the more comes in while a
/// write takes its time, the more the next one carries.
///
/// It starts no thread and reads no clock: it is driven by threads that callers bring, and by the simulation in
/// one thread under virtual time.
///
/// **Failure.** A shard whose replica throws (an invariant that does not hold, something stored that can not be
/// read) is stopped: its callers get [RequestException.ShardStopped], the logger an error, the other shards go
/// on. If a write fails, every shard that was part of it is stopped, and nothing of it is sent or answered.
/// **Threads.** Owned by one thread at a time.
public final class Lane {
    /// What a lane stands on.
    ///
    /// @param self the node's identity
    /// @param shards the number of shards of the cluster
    /// @param durability how far events are stored before they are sent or answered
    public record Setup(
            NodeId self,
            int shards,
            Durability durability,
            ReplicaSettings replicas,
            PartitionTypes types,
            Store store,
            StateCache cache,
            Outbox outbox,
            Logger logger) {}

    /// After so many ticks, four seconds as they usually come, a shard writes its next checkpoint (R73). It would do so
    /// by itself a little later; but then all might at the same moment, and every caller would wait for that.
    private static final int CHECKPOINT_TICKS = 80;

    private final Setup setup;

    /// By number; null where none is hosted.
    private final @Nullable HostedShard[] hosted;

    private final LaneFlush flush;
    private List<HostedShard> active = new ArrayList<>();

    /// So many have passed since the last round of checkpoints began.
    private int ticks;

    /// A lane without shards.
    public Lane(Setup setup) {
        this.setup = setup;
        this.hosted = new HostedShard[setup.shards()];
        this.flush = new LaneFlush(setup);
    }

    /// Begins a shard of a new cluster, with these nodes as its first participants.
    public void found(int shard, List<NodeId> participants) {
        open(shard, () -> Replica.found(replicaSetup(shard), participants));
    }

    /// Begins to copy a shard from one of `sources`, to take part in it later. If it is being copied already, it is
    /// copied from one of them from now on.
    public void join(int shard, List<NodeId> sources) {
        var known = hosted[shard];
        if (known != null && known.runs()) {
            asking(known, () -> known.replica().copyFrom(sources));
            return;
        }
        open(shard, () -> Replica.join(replicaSetup(shard), sources, Retired.epoch(setup.store(), shard)));
    }

    /// Goes on with the shard that the store holds.
    ///
    /// @param sources where to copy from, if the replica had not finished copying
    public void recover(int shard, List<NodeId> sources) {
        open(shard, () -> Replica.recover(replicaSetup(shard), sources, Retired.epoch(setup.store(), shard)));
    }

    /// True if the store holds a replica of the shard.
    public boolean isStored(int shard) {
        return Replica.isStored(storage(shard));
    }

    /// True if the shard was begun, recovered or joined here, also if it has been stopped since.
    public boolean isHosted(int shard) {
        return hosted[shard] != null;
    }

    /// The shard does not run here any more, and everything that the store has of it is dropped, forced: only
    /// for one that is [ReplicaStatus.Phase#GONE] or was never more than a copy, or by a person's command.
    /// Whoever waits is told.
    ///
    /// @throws StoreException if it can not be dropped: either everything is as before, or only
    ///     records of the index are left, which go when this is called again or the shard comes here again
    public void drop(int number) {
        var batch = new Batch();
        status(number).ifPresent(status -> Retired.add(batch, number, status));
        ShardWipe.begin(batch, number);
        setup.store().write(batch, Durability.FORCED);
        var shard = hosted[number];
        hosted[number] = null;
        if (shard != null) {
            shard.leave();
        }
        setup.cache().clear();
        ShardWipe.finish(setup.store(), number, setup.shards());
    }

    /// Proposes a change of a shard's participants; ignored where it would not be prudent (R35).
    public void change(int number, Change change, long nowMillis) {
        ifRunning(number, shard -> shard.replica().change(change, nowMillis));
    }

    /// Decides a shard's participants without a majority (R43), see [Replica#force].
    public void force(int number, LossAccepted command, long nowMillis) {
        ifRunning(number, shard -> shard.replica().force(command, nowMillis));
    }

    /// The store was found to be an older copy of itself, by another shard in it: this one gives up its place too
    /// (R71).
    public void foundOldCopy(int number, long nowMillis) {
        ifRunning(number, shard -> shard.replica().foundOldCopy(nowMillis));
    }

    /// A request that was submitted again for a shard is DURABLE where it went: it is no longer salvage.
    public void resubmitted(int number, RequestId id) {
        ifRunning(number, shard -> shard.replica().resubmitted(id));
    }

    private Replica.Setup replicaSetup(int shard) {
        return new Replica.Setup(setup.self(), setup.replicas(), setup.types(), storage(shard));
    }

    private StoredShard storage(int shard) {
        return new StoredShard(shard, setup.store(), setup.cache(), setup.types());
    }

    private void open(int number, Supplier<Replica> opening) {
        var shard = new HostedShard(number, setup.logger());
        hosted[number] = shard;
        try {
            ShardWipe.finish(setup.store(), number, setup.shards());
            shard.replica = opening.get();
            touched(shard);
        } catch (Throwable failure) {
            shard.stop("it could not be opened", failure);
        }
    }

    /// A request for one of the lane's shards. The waiter is told later, by [#flush], or at once if the shard
    /// does not run here.
    public void request(int number, Asked asked, Waiter waiter, long nowMillis) {
        var shard = running(number, waiter);
        if (shard != null) {
            asking(shard, () -> shard.replica().request(asked.under(shard.tickets.take(waiter)), nowMillis));
        }
    }

    /// A read of one of the lane's shards; as [#request].
    public void read(int number, PartitionAddress address, boolean linearizable, Waiter waiter, long nowMillis) {
        var shard = running(number, waiter);
        if (shard != null) {
            var read = new Read(shard.tickets.take(waiter), address, linearizable);
            asking(shard, () -> shard.replica().read(read, nowMillis));
        }
    }

    /// A message from another node, for one of the lane's shards; ignored if that does not run here.
    public void receive(int number, NodeId from, Message message, long nowMillis) {
        if (hosted[number] == null) {
            receiveForNobody(number, from, message);
        }
        ifRunning(number, shard -> shard.replica().receive(from, message, nowMillis));
    }

    /// R71: others may take this node for a participant although its store has nothing of the shard,
    /// because that is older than its part in it. They are asked; one that knows is answered by a replica
    /// that finds so.
    private void receiveForNobody(int number, NodeId from, Message message) {
        if (message instanceof Message.Delta delta) {
            setup.outbox().send(number, from, Message.AskBefore.ofNobody(delta.epoch(), setup.self()));
        } else if (message instanceof Message.Before before && mayBeUnknown(number, before.of())) {
            join(number, List.of(from));
        }
    }

    /// True unless the store says that this participant was here and was dropped. If the store can not be read, opening
    /// the shard says so, once.
    private boolean mayBeUnknown(int number, ParticipantId participant) {
        try {
            return participant.epoch() > Retired.epoch(setup.store(), number);
        } catch (StoreException _) {
            return true;
        }
    }

    /// The way to this node is open again after it was not.
    public void reconnected(NodeId node, long nowMillis) {
        for (int number = 0; number < hosted.length; number++) {
            ifRunning(number, shard -> shard.replica().reconnected(node, nowMillis));
        }
    }

    /// Time has passed: shards that are not idle are told, and who waited too long is answered so.
    public void tick(long nowMillis) {
        var now = active;
        active = new ArrayList<>();
        for (HostedShard shard : now) {
            shard.active = false;
            shard.expire(nowMillis);
            ifRunning(shard.number, s -> s.replica().tick(nowMillis));
        }
        checkpointInTurn();
    }

    private void checkpointInTurn() {
        for (int number = ticks; number < hosted.length; number += CHECKPOINT_TICKS) {
            ifRunning(number, shard -> shard.replica().checkpoint());
        }
        ticks = (ticks + 1) % CHECKPOINT_TICKS;
    }

    /// True if some shard is to be told the time, or somebody waits.
    public boolean needsTicks() {
        return !active.isEmpty();
    }

    /// How many wait for an answer.
    public int waiting() {
        int waiting = 0;
        for (HostedShard shard : hosted) {
            waiting += shard == null ? 0 : shard.tickets.waiting();
        }
        return waiting;
    }

    /// Stores, then sends and answers, until no shard has anything to do.
    public void flush() {
        flush.run(this::noteActive);
        setup.outbox().flush();
    }

    /// Every shard stops, and is left in the store as it is; the log says why already.
    public void stop(String why) {
        for (HostedShard shard : hosted) {
            if (shard != null) {
                shard.stopQuietly(why);
            }
        }
    }

    /// Every shard writes what has folded and stops; whoever waits is told that this node closes.
    public void close() {
        for (int number = 0; number < hosted.length; number++) {
            ifRunning(number, shard -> shard.replica().checkpoint());
        }
        flush();
        for (HostedShard shard : hosted) {
            if (shard != null) {
                shard.close();
            }
        }
    }

    /// How a shard stands, or empty if it does not run here.
    public Optional<ReplicaStatus> status(int number) {
        var shard = hosted[number];
        return shard == null || !shard.runs()
                ? Optional.empty()
                : Optional.of(shard.replica().status());
    }

    private @Nullable HostedShard running(int number, Waiter waiter) {
        var shard = hosted[number];
        if (shard == null) {
            waiter.failed(new RequestException.NotAvailable("shard " + number + " is not hosted here", null));
            return null;
        }
        if (!shard.runs()) {
            waiter.failed(shard.refusal());
            return null;
        }
        return shard;
    }

    private void asking(HostedShard shard, Runnable input) {
        try {
            input.run();
            touched(shard);
        } catch (Throwable failure) {
            shard.stop("a request could not be taken", failure);
        }
    }

    private void ifRunning(int number, Consumer<HostedShard> input) {
        var shard = hosted[number];
        if (shard != null && shard.runs()) {
            asking(shard, () -> input.accept(shard));
        }
    }

    private void touched(HostedShard shard) {
        flush.add(shard);
    }

    private void noteActive(HostedShard shard) {
        if (!shard.active && shard.needsTicks()) {
            shard.active = true;
            active.add(shard);
        }
    }
}
