package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.operations.VersionsReport.Unfit;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.node.Directory;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The members of the cluster, and how nodes tell each other: news at once to all, everything to one node at a
/// time, again and again (R61).
public final class Membership {
    private final NodeState state;
    private final Outdated outdated;
    private Consumer<String> keptOut = _ -> {
        throw new IllegalStateException("nobody to tell yet");
    };
    private long toldMillis;
    private boolean warned;
    private @Nullable Unfit unfit;
    private Supplier<Item> stopped = () -> {
        throw new IllegalStateException("nothing to tell yet");
    };

    /// How often each node has told this one that it knows that this one is leaving.
    private final TreeMap<NodeId, Integer> knowing = new TreeMap<>();

    /// That of this node's present description.
    private long incarnation;

    public Membership(NodeState state) {
        this.state = state;
        this.outdated = new Outdated(state.types);
    }

    /// Sets what happens when this node's release cannot take part (R87); it happens now if that is known already.
    ///
    /// @param action takes why
    public void whenKeptOut(Consumer<String> action) {
        keptOut = action;
        unfit().ifPresent(why -> action.accept(why.why()));
    }

    /// Sets what this node tells of shards that have stopped here.
    public void tells(Supplier<Item> report) {
        stopped = report;
    }

    /// This node describes itself, as of this start.
    public void begin(Member.Status status) {
        describe(state.nowMillis, status);
    }

    private void describe(long as, Member.Status status) {
        var settings = state.settings;
        incarnation = as;
        change(new Member(
                state.self, status, as, settings.weight(), settings.zone(), settings.address(), state.release));
    }

    /// What this node says of itself has changed.
    void describeAgain() {
        describe(incarnation + 1, state.member(state.self).status());
    }

    /// An earlier start described this node by a clock that was ahead: the present one goes on from there.
    private void describeAfter(Member earlier) {
        if (earlier.incarnation() > incarnation) {
            describe(earlier.incarnation() + 1, earlier.status());
        }
    }

    /// The participants of recovered shards are members, whether or not this node has heard of them.
    public void recovered(List<NodeId> participants) {
        participants.stream()
                .filter(node -> state.members.find(node) == null)
                .forEach(node -> state.members = state.members.with(state.member(node)));
    }

    /// This node has something new to say.
    public void change(Member member) {
        Members next = state.members.with(member);
        if (!next.equals(state.members)) {
            state.members = next;
            state.broadcast(new Item.KnownMembers(next));
        }
    }

    /// R71: this node is another one after its next start, so the others replace it now.
    public void giveUp() {
        warned = true;
        change(state.member(state.self).at(Member.Status.GONE));
        state.logger.error("This node's store is an older copy of itself: it was restored from a copy, or is that of a"
                + " machine put back to an earlier time. This node, " + state.self + ", takes no part in any shard any"
                + " more, and is out of the cluster; the others go on without it, and requests given to it are"
                + " brought to them. Start it again: it joins as a new node and copies what it needs.");
    }

    public void learn(NodeId from, Members heard) {
        Members next = state.members.merge(heard);
        var lacking = outdated.why(next);
        if (lacking.isPresent()) {
            keepOut(from, lacking.get());
            return;
        }
        if (heard.is(state.self, Member.Status.LEAVING)) {
            knowing.merge(from, 1, Integer::sum);
        }
        boolean news = !next.equals(state.members);
        state.members = next;
        describeAfter(state.member(state.self));
        if (next.is(state.self, Member.Status.JOINING) && isCluster(next)) {
            change(state.member(state.self).at(Member.Status.UP));
        } else if (news) {
            state.broadcast(new Item.KnownMembers(next));
        }
        if (next.is(state.self, Member.Status.GONE) && !warned) {
            warned = true;
            state.logger.warning("This node, " + state.self + ", was taken out of the cluster. It hands over what it"
                    + " still has. To come back it needs a new identity: start it with an empty store.");
        }
    }

    /// R87: this node's release does not run what is active. It says so once, and to the others what it runs: they
    /// then know why it is away.
    private void keepOut(NodeId from, Unfit why) {
        if (unfit == null) {
            unfit = why;
            state.mail.add(from, new Item.KnownMembers(state.members));
            keptOut.accept(why.why());
        }
    }

    /// Why this node is kept out for its release; empty if it is not.
    public Optional<Unfit> unfit() {
        return Optional.ofNullable(unfit);
    }

    /// True if some member has shards: joining ones alone are no cluster. A leaving member has shards, and may
    /// be the last one.
    private static boolean isCluster(Members members) {
        return !members.with(Member.Status.UP).isEmpty()
                || !members.with(Member.Status.LEAVING).isEmpty();
    }

    /// Tells those who are leaving that this node knows. Call this after it has told where its shards are.
    void tellLeaving() {
        for (Member leaving : state.members.with(Member.Status.LEAVING)) {
            if (!leaving.node().equals(state.self) && state.reachability.isReachable(leaving.node())) {
                state.mail.add(leaving.node(), new Item.KnownMembers(state.members));
            }
        }
    }

    /// How often a node has told this one that it knows that this one is leaving.
    int timesKnown(NodeId node) {
        return knowing.getOrDefault(node, 0);
    }

    /// Tells everything to a node that comes.
    public void joined(NodeId node) {
        state.mail.add(node, new Item.KnownMembers(state.members));
        state.mail.add(node, stopped.get());
        for (int told = 0; told < state.directory.shards(); told += Directory.CHUNK) {
            tellViews(node);
        }
    }

    public void tick() {
        List<NodeId> others = state.reachability.reachable();
        if (others.isEmpty() || state.nowMillis - toldMillis < state.settings.gossipMillis()) {
            return;
        }
        toldMillis = state.nowMillis;
        NodeId partner = others.get((int) state.jitter(others.size()));
        state.mail.add(partner, new Item.KnownMembers(state.members));
        state.mail.add(partner, stopped.get());
        tellViews(partner);
    }

    private void tellViews(NodeId node) {
        List<ShardView> views = state.directory.nextChunk();
        if (!views.isEmpty()) {
            state.mail.add(node, new Item.Views(views));
        }
    }
}
