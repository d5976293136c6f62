package io.legion.runtime.host;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.placement.Member;
import io.legion.core.placement.Reachability;
import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.Message;
import io.legion.core.shard.Read;
import io.legion.core.shard.Request;
import io.legion.operations.ForcedChange;
import io.legion.runtime.call.Calls;
import io.legion.runtime.call.Resubmitting;
import io.legion.runtime.call.Routing;
import io.legion.runtime.call.Serving;
import io.legion.runtime.consult.ConsultWaiter;
import io.legion.runtime.consult.Consultant;
import io.legion.runtime.consult.Consulting;
import io.legion.runtime.control.Balancing;
import io.legion.runtime.control.Dropping;
import io.legion.runtime.control.ForcedChanges;
import io.legion.runtime.control.Invitations;
import io.legion.runtime.control.Leaving;
import io.legion.runtime.control.Meeting;
import io.legion.runtime.control.Membership;
import io.legion.runtime.control.Replacing;
import io.legion.runtime.control.Versioning;
import io.legion.runtime.frame.FrameCodec;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.Lane;
import io.legion.runtime.lane.Outgoing;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.node.Sampling;
import io.legion.runtime.search.PageServing;
import io.legion.runtime.search.SearchWaiter;
import io.legion.runtime.search.Searching;
import io.legion.runtime.storage.LostRequests;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One node of a cluster. It knows which shards it hosts and where the others are, brings requests to them, and
/// brings shards their wished-for participants.
///
/// It takes any number of inputs, and then [#flush]. It starts no thread, reads no clock and draws random
/// numbers only from its seed, so the simulation runs it in one thread under virtual time. The same inputs in
/// the same order lead to the same frames and answers.
///
/// **Failure.** The node drops a frame that it cannot read, with a warning. It leaves out an item that it
/// cannot take in, with an error, and nothing else. If the store fails, the shards concerned stop, as [Lane]
/// says; requests for them go to other participants.
///
/// **Threads.** One thread at a time owns the node. It calls waiters within any method; they must not call back.
public final class Node {
    /// A node that misses its ticks for longer stood still. Other participants wait for it twice as long before they
    /// answer without it (R77).
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final NodeState state;
    private final Membership membership;
    private final Dropping dropping;
    private final Replacing replacing;
    private final Leaving leaving;
    private final Versioning versioning;
    private final Balancing balancing;
    private final ForcedChanges forcedChanges;
    private final Calls calls;
    private final Routing routing;
    private final Serving serving;
    private final Meeting meeting;
    private final Resubmitting resubmitting;
    private final Searching searching;
    private final Sampling sampling;
    private final Consulting consulting;
    private final Incoming incoming;
    private final NodeView view;
    private boolean stopped;

    /// How much more the wall clock shows than the times that this node gets.
    private long wallOffset;

    /// When the node last heard that time has passed.
    private long tickedMillis;

    private Node(NodeSetup setup) {
        state = new NodeState(setup, new LaneOutgoing());
        membership = new Membership(state);
        var invitations = new Invitations(state);
        dropping = new Dropping(state, invitations, setup.lane().store());
        replacing = new Replacing(state, dropping, setup.lane().store());
        membership.tells(replacing::report);
        leaving = new Leaving(state, membership);
        versioning = new Versioning(state, membership, setup.lane().store());
        balancing = new Balancing(state, membership, invitations, dropping, replacing, leaving, versioning);
        membership.whenKeptOut(this::stop);
        forcedChanges = new ForcedChanges(state, dropping);
        calls = new Calls(state.types);
        routing = new Routing(state, calls);
        serving = new Serving(state);
        meeting = new Meeting(state, setup.lane().store());
        resubmitting = new Resubmitting(
                state,
                routing,
                new LostRequests(setup.lane().store()),
                setup.lane().store());
        var pageServing = new PageServing(state);
        searching = new Searching(state, pageServing);
        sampling = new Sampling(state);
        consulting = new Consulting(state);
        incoming = new Incoming(
                state, calls, routing, serving, membership, invitations, replacing, pageServing, searching, consulting);
        view = new NodeView(
                state, membership, calls, routing, serving, replacing, leaving, balancing, forcedChanges, resubmitting);
    }

    /// A node that has not begun: [#found], [#join] or [#recover] comes next.
    public static Node open(NodeSetup setup) {
        return new Node(setup);
    }

    /// Begins a new cluster: this node takes part in every shard, alone; nodes that join later are added by and
    /// by.
    public void found(long nowMillis) {
        begin(nowMillis, Member.Status.UP);
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            state.lane.found(shard, List.of(state.self));
            state.hosted.add(shard);
        }
        balancing.look();
    }

    /// Begins with nothing, as a new member of a cluster that it will hear of.
    public void join(long nowMillis) {
        begin(nowMillis, Member.Status.JOINING);
    }

    /// Recovers what the store holds. Unfinished copies begin again.
    public void recover(long nowMillis) {
        recover(state.lane.stored(), nowMillis);
    }

    /// Recovers every shard: one that the store lacks is stopped, with an alarm.
    public void recoverAll(long nowMillis) {
        var every = new TreeSet<Integer>();
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            every.add(shard);
        }
        recover(every, nowMillis);
    }

    private void recover(SortedSet<Integer> shards, long nowMillis) {
        versioning.recovered();
        begin(nowMillis, Member.Status.UP);
        state.hosted.addAll(shards);
        // The node drops unfinished copies before they would need a source.
        state.hosted.forEach(shard -> state.lane.recover(shard, List.of()));
        membership.recovered(balancing.participants());
        dropping.recovered();
        balancing.look();
    }

    private void begin(long nowMillis, Member.Status status) {
        state.nowMillis = nowMillis;
        tickedMillis = nowMillis;
        state.reachability = new Reachability(state.self, nowMillis);
        state.beginNumbers();
        membership.begin(status);
    }

    /// Another node is reachable, from now on or again.
    public void joined(NodeId node, long nowMillis) {
        state.nowMillis = nowMillis;
        if (stopped) {
            return;
        }
        meeting.met();
        state.reachability.joined(node);
        membership.joined(node);
        state.lane.reconnected(node, nowMillis);
    }

    /// Another node is no longer reachable.
    public void left(NodeId node, long nowMillis) {
        state.nowMillis = nowMillis;
        state.reachability.left(node, nowMillis);
        state.stoppedElsewhere.left(node);
        state.lane.disconnected(node, nowMillis);
        serving.left(node);
        routing.left(node);
        searching.left(node);
        consulting.left(node);
    }

    /// A frame of another node came.
    public void receive(NodeId from, Bytes frame, long nowMillis) {
        receive(from, FrameCodec.readOrNone(from, frame, state.logger), nowMillis);
    }

    /// The items of another node's frame.
    public void receive(NodeId from, List<Item> items, long nowMillis) {
        at(nowMillis);
        state.reachability.heard(from, nowMillis);
        for (int i = 0; i < items.size() && !stopped; i++) {
            incoming.receive(from, items.get(i));
        }
    }

    /// Time has passed. Call this every 50 ms or so.
    public void tick(long nowMillis) {
        at(nowMillis);
        tickedMillis = nowMillis;
        sampling.tick();
        if (stopped) {
            return;
        }
        meeting.tick();
        state.lane.tick(nowMillis);
        routing.tick();
        searching.tick();
        consulting.tick();
        membership.tick();
        balancing.tick();
        resubmitting.tick();
    }

    /// It is now this time. A node that has missed ticks stood still: others may have answered without it (R78), and
    /// it finds that out before it serves a reader.
    private void at(long nowMillis) {
        state.nowMillis = nowMillis;
        if (nowMillis - tickedMillis > LONGEST_PAUSE_MILLIS && !stopped) {
            tickedMillis = nowMillis;
            state.lane.stoodStill(nowMillis);
        }
    }

    /// Takes a request for a partition of the shard. This node or another one serves it, with retries under its id
    /// until the waiter's deadline.
    public void request(int shard, Request request, Waiter waiter, long nowMillis) {
        at(nowMillis);
        routing.request(shard, request, waiter);
    }

    /// Takes a request whose first attempt ended without an answer: its event may be applied or not.
    public void requestAgain(int shard, Request request, Waiter waiter, long nowMillis) {
        at(nowMillis);
        routing.requestAgain(shard, request, waiter);
    }

    /// Gives a request to the replica of its shard without a call of its own, if this node is the one to ask
    /// first. The waiter hears by the next [#flush], if at all.
    ///
    /// @return false if the replica did not get it
    public boolean direct(int shard, Request request, Waiter waiter, long nowMillis) {
        at(nowMillis);
        if (stopped || !routing.isAskedFirst(shard)) {
            return false;
        }
        state.lane.request(shard, request, waiter, nowMillis);
        return true;
    }

    /// Takes a read of a partition of the shard; as [#request].
    public void read(int shard, Read read, Waiter waiter, long nowMillis) {
        at(nowMillis);
        routing.read(shard, read, waiter);
    }

    /// Takes a search for a page of the index of the whole cluster.
    ///
    /// @param type the number of the partition type
    /// @param from the page begins with the first record strictly greater than this
    /// @param limit the most records, up to 10,000
    public void search(int type, SearchTag from, int limit, SearchWaiter waiter, long nowMillis) {
        state.nowMillis = nowMillis;
        searching.search(type, from, limit, waiter);
    }

    /// Who answers what other nodes ask for their operators; nobody before this is called.
    public void consultedBy(Consultant consultant) {
        consulting.answeredBy(consultant);
    }

    /// Asks another node for an operator.
    public void consult(NodeId node, Bytes question, ConsultWaiter waiter, long nowMillis) {
        state.nowMillis = nowMillis;
        consulting.ask(node, question, waiter);
    }

    /// Answers what another node has asked for an operator.
    ///
    /// @param number that of the question
    public void answer(NodeId to, long number, Bytes answer) {
        consulting.answer(to, number, answer);
    }

    /// Stores, answers and sends what the inputs led to.
    public void flush(long nowMillis) {
        state.nowMillis = nowMillis;
        state.lane.release(nowMillis);
        state.lane.flush();
        state.mail.flush();
    }

    /// True if some shard holds events back for a moment: call [#flush] again
    /// [io.legion.core.shard.Replica#HELD_MILLIS] later, with or without an input.
    public boolean holdsBack() {
        return state.lane.holdsBack();
    }

    /// Begins to hand this node's shards over; after that the node leaves the cluster and never comes back. It
    /// goes on serving meanwhile. The last node of a cluster cannot leave.
    public void leave(long nowMillis) {
        state.nowMillis = nowMillis;
        membership.change(state.member(state.self).at(Member.Status.LEAVING));
    }

    /// An operator declares that a node is gone: the others replace it now, and it cannot come back under its
    /// id.
    public void eject(NodeId node, long nowMillis) {
        state.nowMillis = nowMillis;
        membership.change(state.member(node).at(Member.Status.GONE));
    }

    /// A person declares that these nodes are lost, and accepts that what only they hold is lost with them:
    /// every shard that takes part here and has no majority without them goes on with those left (R43).
    ///
    /// That may cost events that were answered DURABLE. If the lost nodes live after all, and went on by
    /// themselves, it costs what they answered FINAL too: when they come back they give way, keep their copies
    /// aside, and list what is not in the history that goes on ([NodeView#overruled]). Shards that this node does
    /// not host are to be forced on a node that does.
    ///
    /// @return what was done with each shard that takes part here
    public List<ForcedChange> force(Set<NodeId> lost, long nowMillis) {
        state.nowMillis = nowMillis;
        return forcedChanges.force(lost);
    }

    /// An operator keeps the shards where they are, or does so no more: see [Balancing#pause].
    public void pauseRebalancing(boolean paused) {
        balancing.pause(paused);
    }

    /// Sets what happens when this node's release does not run a version that is active in the cluster; by default the
    /// node [stops][#stop].
    ///
    /// @param action takes why
    public void whenKeptOut(Consumer<String> action) {
        membership.whenKeptOut(action);
    }

    /// An operator holds the versions of partition types, lets them go, or orders them: see [Versioning].
    public void steerVersions(Consumer<Versioning> order) {
        order.accept(versioning);
        balancing.look();
    }

    /// The wall clock shows this much more than the times that this node gets. These go on evenly, however the wall
    /// clock is set. But a wall clock that leaps ahead may be that of a machine that slept, and the even time with
    /// it: then the node stood still (R78).
    public void wallOffset(long millis) {
        boolean slept = millis - wallOffset > LONGEST_PAUSE_MILLIS;
        wallOffset = millis;
        state.lane.wallOffset(millis);
        if (slept && !stopped) {
            state.lane.stoodStill(state.nowMillis);
        }
    }

    /// An operator accepts clocks that are up to this far ahead, until this node stops (R75).
    public void acceptClocksAhead(long millis) {
        state.logger.warning("An operator accepts clocks that are up to " + millis + " ms ahead. That holds until this"
                + " node stops.");
        state.lane.acceptClocksAhead(millis);
    }

    /// A person has looked at a copy that has stopped here and is kept: it goes once the others go on without
    /// it, and this node may copy the shard anew.
    ///
    /// @return false if there is no such copy here, or nothing is wrong with it but that it needs another release
    public boolean dropStoppedCopy(int shard, long nowMillis) {
        state.nowMillis = nowMillis;
        return replacing.release(shard);
    }

    /// Drops an overruled copy, with its list. This node may then take part in the shard again, with a fresh
    /// copy.
    ///
    /// @return false if there is no such copy here, or the store failed: then the copy is as before, or
    ///     only records of the index are left, which go later
    public boolean dropOverruledCopy(int shard, long nowMillis) {
        state.nowMillis = nowMillis;
        return forcedChanges.drop(shard);
    }

    /// The shards of this node, for whoever looks into it from outside, as the simulation does.
    public Lane lane() {
        return state.lane;
    }

    /// Serves nothing any more and takes nothing from other nodes, though it goes on running; the store stays as
    /// it is. For a process that the other nodes keep out: they would take its word for that of the process that
    /// is there.
    ///
    /// @param why for those who wait
    public void stop(String why) {
        stopped = true;
        // The calls first: none of them is to go to another node when the shards stop.
        calls.stop(why);
        searching.stop(why);
        state.lane.stop(membership.unfit().isPresent() ? Kind.RELEASE : Kind.OTHER, why);
    }

    /// Stops, and tells every waiter that this node closes.
    public void close() {
        state.lane.close();
        calls.close();
        searching.close();
        consulting.close();
    }

    /// What there is to see of this node.
    public NodeView view() {
        return view;
    }

    /// Takes what the lane has for other nodes.
    private final class LaneOutgoing implements Outgoing {
        @Override
        public void send(int shard, NodeId to, Message message) {
            state.mail.add(to, new Item.ForShard(shard, message));
        }

        @Override
        public void resubmit(int shard, Request request) {
            resubmitting.resubmit(shard, request);
        }
    }
}
