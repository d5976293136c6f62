package io.legion.runtime.lane;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.Change;
import io.legion.core.shard.ClockLead;
import io.legion.core.shard.LossAccepted;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionLook;
import io.legion.core.shard.Read;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaPlace;
import io.legion.core.shard.ReplicaProgress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Request;
import io.legion.core.shard.RetiredPlace;
import io.legion.core.shard.UnknownVersionException;
import io.legion.runtime.storage.IndexSearch;
import io.legion.runtime.storage.Retired;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A group of shards that work one after the other and share every write to the store.
///
/// It takes any number of inputs, and then [#flush]: what all shards have to store becomes one batch, one
/// write. Only after that write has returned does it send messages and answer callers. So the more comes in
/// during a write, the more the next one carries.
///
/// It starts no thread and reads no clock: threads that callers bring drive it, and the simulation does in one
/// thread under virtual time.
///
/// **Failure.** If a replica throws (an invariant does not hold, something stored cannot be read), its shard
/// stops: its callers get [io.legion.RequestException.ShardStopped], the logger gets an error, the other shards
/// go on. If a write fails, every shard that was part of it stops, and the lane sends and answers nothing of it.
/// If it failed because the store is full, they go on once there is [Room].
///
/// **Threads.** One thread at a time owns a lane.
public final class Lane {
    /// After this many ticks, usually four seconds, a shard writes its next checkpoint (R73). It would do so by
    /// itself a little later; but then all shards might at the same moment, and every caller would wait for
    /// that.
    private static final int CHECKPOINT_TICKS = 80;

    private final LaneSetup setup;
    private final Outgoing outgoing;
    private final StoredReplicas replicas;
    private final StoreFailure failed;
    private final Room room;
    private final LaneFlush flush;
    private final HostedShards hosted;
    private final IndexSearch index;

    /// The shards that need ticks.
    private List<HostedShard> active = new ArrayList<>();

    /// The shards that hold events back.
    private List<HostedShard> holding = new ArrayList<>();

    /// The nodes to which the way is open.
    private final TreeSet<NodeId> connected = new TreeSet<>();

    private long releasedMillis;
    private WallClock wall = WallClock.EVEN;

    /// The ticks since the last round of checkpoints began.
    private int ticks;

    /// A lane without shards.
    public Lane(LaneSetup setup, Outgoing outgoing) {
        this.setup = setup;
        this.outgoing = outgoing;
        this.replicas = new StoredReplicas(setup);
        this.failed = new StoreFailure(setup.logger());
        this.room = new Room(setup, failed, shard -> read(shard, List.of()));
        this.flush = new LaneFlush(setup, outgoing, room, failed);
        this.hosted = new HostedShards(setup.shards(), flush, setup.logger());
        this.index = new IndexSearch(setup.store(), setup.shards(), shard -> hosted.ask(shard, Replica::unstoredTags));
    }

    /// Begins a shard of a new cluster, with these nodes as its first participants.
    public void found(int shard, List<NodeId> participants) {
        hosted.open(shard, () -> wall.tell(replicas.found(shard, participants)));
    }

    /// Begins to copy a shard from one of `sources`, to take part in it later. If it copies the shard already,
    /// it copies from one of them from now on.
    public void join(int shard, List<NodeId> sources) {
        var known = hosted.find(shard);
        if (known != null && known.runs()) {
            hosted.give(known, "a wish for a copy", replica -> replica.copyFrom(sources));
        } else {
            hosted.open(shard, () -> wall.tell(replicas.join(shard, sources)));
        }
    }

    /// Recovers the shard that the store holds.
    ///
    /// @param sources where to copy from, if the replica had not finished copying
    public void recover(int shard, List<NodeId> sources) {
        hosted.recover(shard, () -> read(shard, sources));
        var opened = hosted.find(shard);
        if (opened != null && !opened.runs()) {
            ReplicaPlace place = replicas.place(shard);
            if (place != null) {
                opened.placed(place);
            }
        }
    }

    private Replica read(int shard, List<NodeId> sources) {
        return wall.tell(replicas.recover(shard, sources));
    }

    /// The shards of which the store holds a replica.
    public SortedSet<Integer> stored() {
        var stored = new TreeSet<Integer>();
        for (int shard = 0; shard < setup.shards(); shard++) {
            if (replicas.isStored(shard)) {
                stored.add(shard);
            }
        }
        return stored;
    }

    /// True if the shard was begun, recovered or joined here, even if it has stopped since.
    public boolean isHosted(int shard) {
        return hosted.find(shard) != null;
    }

    /// Stops the shard here, and drops everything that the store has of it, forced. Only for a shard that is
    /// [ReplicaStatus.Phase#GONE] or was never more than a copy, or by an operator's command. Its waiters get a
    /// failure.
    ///
    /// @throws io.legion.spi.StoreException if the store fails: either everything is as before, or only records
    ///     of the index are left, which go when this is called again or the shard comes here again
    public void drop(int number) {
        replicas.drop(number, status(number).filter(Retired::isToBeKept).map(RetiredPlace::of), List.of());
        hosted.remove(number);
        room.left(number);
        setup.cache().clear();
        replicas.dropRest(number);
    }

    /// The shards that have stopped here, or were set apart.
    public SortedMap<Integer, StoppedCopy> stopped() {
        var stopped = new TreeMap<Integer, StoppedCopy>();
        hosted.forEach(shard -> {
            StoppedCopy copy = shard.stopped();
            if (copy != null) {
                stopped.put(shard.number, copy);
            }
        });
        return stopped;
    }

    /// R76: drops a copy that has stopped or was set apart, as [#drop], once no other node needs it. In the
    /// same write, what it had accepted alone is saved.
    ///
    /// @param place what this node remembers of the participant that it was
    /// @param salvage what the participant had accepted, and the others do not have
    /// @throws io.legion.spi.StoreException if the store fails, as for [#drop]
    public void dropStopped(int number, RetiredPlace place, Collection<Request> salvage) {
        replicas.drop(number, Optional.of(place), salvage);
        hosted.remove(number);
        room.left(number);
        setup.cache().clear();
        replicas.dropRest(number);
    }

    /// Proposes a change of a shard's participants; ignored where it would not be prudent (R35).
    public void change(int number, Change change, long nowMillis) {
        hosted.giveIfRunning(number, "a change of the participants", replica -> replica.change(change, nowMillis));
    }

    /// Decides a shard's participants without a majority (R43), see [io.legion.core.shard.Replica#force].
    public void force(int number, LossAccepted command, long nowMillis) {
        hosted.giveIfRunning(number, "an operator's command", replica -> replica.force(command, nowMillis));
    }

    /// The wall clock shows this much more than the times that the lane gets, see [Replica#wallOffset].
    public void wallOffset(long millis) {
        wall = wall.withOffset(millis);
        hosted.giveAll("the wall clock", replica -> wall.tell(replica));
    }

    /// An operator accepts clocks that are up to this far ahead, see [Replica#acceptClocksAhead].
    public void acceptClocksAhead(long millis) {
        wall = wall.accepting(millis);
        hosted.giveAll("an operator's command", replica -> wall.tell(replica));
    }

    /// Another shard found that the store is an older copy of itself: this one gives up its place too (R71).
    public void oldCopyDetected(int number, long nowMillis) {
        var shard = hosted.find(number);
        if (shard != null && shard.untilRoom) {
            shard.oldCopy = true;
            return;
        }
        hosted.giveIfRunning(
                number, "the news that the store is an old copy", replica -> replica.oldCopyDetected(nowMillis));
    }

    /// A request that was submitted again for a shard is DURABLE where it went: it is no longer salvage.
    public void resubmitted(int number, Request request) {
        hosted.giveIfRunning(
                number, "the news that a request is safe elsewhere", replica -> replica.resubmitted(request));
    }

    /// A request for one of the lane's shards. The waiter hears later, by [#flush], or at once if the shard
    /// does not run here.
    public void request(int number, Request request, Waiter waiter, long nowMillis) {
        var shard = hosted.writable(number, waiter);
        if (shard != null) {
            long ticket = shard.tickets.take(RecordedWaiter.of(waiter, number, request.consistency()));
            hosted.give(shard, "a request", replica -> replica.request(ticket, request, nowMillis));
            flush.trace(waiter.trace());
        }
    }

    /// A read of one of the lane's shards; as [#request].
    public void read(int number, Read read, Waiter waiter, long nowMillis) {
        // A linearizable read has its place in the log.
        var shard = read.linearizable() ? hosted.writable(number, waiter) : hosted.running(number, waiter);
        if (shard != null) {
            long ticket = shard.tickets.take(waiter);
            hosted.give(shard, "a read", replica -> replica.read(ticket, read, nowMillis));
        }
    }

    /// A message from another node, for one of the lane's shards; ignored if the shard does not run here.
    public void receive(int number, NodeId from, Message message, long nowMillis) {
        if (hosted.find(number) == null) {
            receiveForNobody(number, from, message);
        }
        hosted.giveIfRunning(number, "a message of another node", replica -> replica.receive(from, message, nowMillis));
    }

    /// R71: others may take this node for a participant although its store has nothing of the shard, because
    /// the store is older than its part in it. The lane asks them. When one says that it has heard this node,
    /// the lane opens a replica, which finds this out.
    private void receiveForNobody(int number, NodeId from, Message message) {
        if (message instanceof Message.Delta delta) {
            outgoing.send(number, from, Message.AskKnownOfMe.ofNobody(delta.epoch(), setup.self()));
        } else if (message instanceof Message.KnownOfYou known && replicas.mayBeUnknown(number, known.of())) {
            join(number, List.of(from));
        }
    }

    /// The way to this node is open again.
    public void reconnected(NodeId node, long nowMillis) {
        connected.add(node);
        hosted.giveAll("the news of a reachable node", replica -> replica.reconnected(node, nowMillis));
    }

    /// The way to this node is closed.
    public void disconnected(NodeId node, long nowMillis) {
        connected.remove(node);
        hosted.giveAll("the news of an unreachable node", replica -> replica.disconnected(node, nowMillis));
    }

    /// This node did nothing for a while, as when its process stood still.
    public void stoodStill(long nowMillis) {
        hosted.giveAll("the news that the node stood still", replica -> replica.stoodStill(nowMillis));
    }

    /// Time has passed: tells the shards that are not idle, and fails the waiters that waited too long.
    public void tick(long nowMillis) {
        room.regained(nowMillis).forEach(shard -> goOn(shard, nowMillis));
        var now = active;
        active = new ArrayList<>();
        for (HostedShard shard : now) {
            shard.active = false;
            shard.expire(nowMillis);
            hosted.giveIfRunning(shard.number, "the time", replica -> replica.tick(nowMillis));
        }
        checkpointInTurn();
    }

    /// As after a start of the node.
    private void goOn(int shard, long nowMillis) {
        var before = hosted.find(shard);
        if (before != null) {
            before.stopQuietly(Kind.OTHER, "it is read from the store again");
        }
        if (replicas.isStored(shard)) {
            recover(shard, List.of());
        } else {
            join(shard, List.of());
        }
        connected.forEach(node -> hosted.giveIfRunning(
                shard, "the news of a reachable node", replica -> replica.reconnected(node, nowMillis)));
        if (before != null && before.oldCopy) {
            oldCopyDetected(shard, nowMillis);
        }
    }

    private void checkpointInTurn() {
        for (int number = ticks; number < setup.shards(); number += CHECKPOINT_TICKS) {
            hosted.giveIfRunning(number, "its turn for a checkpoint", Replica::checkpointInTurn);
            measure(number);
        }
        ticks = (ticks + 1) % CHECKPOINT_TICKS;
    }

    /// Lets a shard store what has folded, with the next [#flush].
    public void checkpoint(int number) {
        hosted.giveIfRunning(number, "a wish for a checkpoint", Replica::checkpoint);
    }

    private void measure(int number) {
        var shard = hosted.find(number);
        if (shard != null && shard.runs()) {
            setup.requests().look(number, shard.replica().remembered());
        } else {
            setup.requests().left(number);
        }
    }

    /// The index records of a type strictly greater than a search tag, of these shards only, in their order: what is
    /// stored, and what the projected states add and drop.
    ///
    /// @param limit the most records
    /// @throws io.legion.spi.StoreException if the index cannot be read
    /// @throws IllegalStateException if one of the shards does not run here
    public List<IndexRecord> search(int type, SearchTag from, int limit, SortedSet<Integer> ofShards) {
        return index.page(type, from, limit, ofShards);
    }

    /// Lets the shards that hold events back send them with the next [#flush], unless it did so a moment ago.
    public void release(long nowMillis) {
        if (holding.isEmpty() || Math.abs(nowMillis - releasedMillis) < Replica.HELD_MILLIS) {
            return;
        }
        releasedMillis = nowMillis;
        var now = holding;
        holding = new ArrayList<>();
        for (HostedShard shard : now) {
            shard.holding = false;
            hosted.giveIfRunning(shard.number, "a release of events", replica -> replica.release(nowMillis));
        }
    }

    /// True if some shard holds events back.
    public boolean holdsBack() {
        return !holding.isEmpty();
    }

    /// True if some shard needs ticks or waits for room, or some caller waits.
    public boolean needsTicks() {
        return !active.isEmpty() || room.isAwaited();
    }

    /// How many callers wait for an answer.
    public int waiting() {
        return hosted.waiting();
    }

    /// Stores, then sends and answers, until no shard has anything to do.
    public void flush() {
        flush.run(this::note);
    }

    /// Stops every shard, and leaves the store as it is; the log already says why.
    public void stop(Kind kind, String why) {
        hosted.forEach(shard -> shard.stopQuietly(kind, why));
    }

    /// What this release of the service lacks for a shard that has stopped here (R87).
    public Optional<UnknownVersionException> lacking() {
        return hosted.lacking();
    }

    /// Every shard writes what has folded and stops; its waiters hear that this node closes.
    public void close() {
        hosted.giveAll("the last checkpoint", Replica::checkpoint);
        flush();
        hosted.forEach(HostedShard::close);
    }

    /// The status of a shard, or empty if it does not run here.
    public Optional<ReplicaStatus> status(int number) {
        var shard = hosted.find(number);
        return shard == null || !shard.runs()
                ? Optional.empty()
                : Optional.of(shard.replica().status());
    }

    /// What the copy of a shard does, or empty if it is not hosted here.
    ///
    /// @param status what [#status] has just said of it
    public Optional<CopyState> state(int number, Optional<ReplicaStatus> status) {
        return Optional.ofNullable(hosted.find(number)).map(shard -> shard.state(status));
    }

    /// How long ago the oldest outstanding event of a shard began; 0 if none is outstanding, or it does not run here.
    public long oldestOutstandingMillis(int number) {
        var shard = hosted.find(number);
        return shard == null || !shard.runs() ? 0 : shard.replica().oldestOutstandingMillis();
    }

    /// What a shard waits for and how far it is, or empty if it does not run here.
    public Optional<ReplicaProgress> progress(int number) {
        var shard = hosted.find(number);
        return shard == null || !shard.runs()
                ? Optional.empty()
                : Optional.of(shard.replica().progress());
    }

    /// How far this node's wall clock is ahead as a shard knows, see [Replica#clockLead]; null if it does not.
    public @Nullable ClockLead clockLead(int number) {
        var shard = hosted.find(number);
        return shard == null || !shard.runs() ? null : shard.replica().clockLead();
    }

    /// A partition of a shard, or empty if the shard does not take part here.
    ///
    /// @param most how many of its outstanding events to list
    public Optional<PartitionLook> look(int number, PartitionAddress address, int most) {
        var shard = hosted.find(number);
        return shard == null || !shard.runs()
                ? Optional.empty()
                : Optional.ofNullable(shard.replica().look(address, most));
    }

    /// Why the store takes no writes for lack of room; empty if it has room.
    public String storeFull() {
        return room.why();
    }

    /// Why the store takes no more writes; empty if it does.
    public String storeFailed() {
        return failed.why();
    }

    /// What the store cannot read, though it goes on; empty while all is well.
    public String storeWarning() {
        return setup.store().warning().orElse("");
    }

    /// Whether it takes no more because something that it holds is damaged.
    public boolean storeDamaged() {
        return failed.kind() == Kind.UNREADABLE;
    }

    private void note(HostedShard shard) {
        if (!shard.active && shard.needsTicks()) {
            shard.active = true;
            active.add(shard);
        }
        if (!shard.holding && shard.holdsBack()) {
            shard.holding = true;
            holding.add(shard);
        }
    }
}
