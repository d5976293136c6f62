package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.placement.StoppedCopies.Stopped;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.Message;
import io.legion.core.shard.Participants;
import io.legion.core.shard.ReplicaPlace;
import io.legion.core.shard.RetiredPlace;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.lane.StoppedCopy;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.ReadableRequests;
import io.legion.spi.Store;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// R76: what becomes of a shard that has stopped on one node. That node tells all others. They remove the
/// participant at its deadline ([io.legion.core.placement.Rebalancing]). Once the epoch without it is
/// settled, the node drops the copy, saves what only it had accepted, and may copy the shard anew.
public final class Replacing {
    /// A disk that goes on damaging must not make a node copy for ever.
    private static final int MOST_REPLACEMENTS = 3;

    private static final long WINDOW_MILLIS = 3_600_000;

    /// A copy whose own requests cannot be read goes after this time, if they still cannot.
    private static final long UNREADABLE_MILLIS = 60_000;

    private final NodeState state;
    private final Dropping dropping;
    private final Store store;

    /// When this node last dropped stopped copies, by shard.
    private final TreeMap<Integer, ArrayDeque<Long>> replaced = new TreeMap<>();

    /// Since when each copy that may go cannot be read.
    private final TreeMap<Integer, Long> unreadableSince = new TreeMap<>();

    /// The copies that a person has looked at, and lets go.
    private final TreeSet<Integer> released = new TreeSet<>();

    /// The copies of an era above the one in which the others go on without them (R43).
    private final TreeSet<Integer> overruling = new TreeSet<>();

    /// The kept copies that the log has named.
    private final TreeSet<Integer> named = new TreeSet<>();

    private SortedMap<Integer, Stopped> told = Collections.emptySortedMap();

    /// The number of looks, so that each asks another participant.
    private int looks;

    public Replacing(NodeState state, Dropping dropping, Store store) {
        this.state = state;
        this.dropping = dropping;
        this.store = store;
    }

    /// What has stopped on this node.
    public SortedMap<Integer, Stopped> here() {
        var here = new TreeMap<Integer, Stopped>();
        state.lane
                .stopped()
                .forEach(
                        (shard, copy) -> here.put(shard, new Stopped(copy.kind(), copy.reason(), isKept(shard, copy))));
        return here;
    }

    /// True if the copy stays until a person has looked.
    private boolean isKept(int shard, StoppedCopy copy) {
        if (copy.awaitsRelease()) {
            return true;
        }
        ReplicaPlace place = copy.place();
        boolean forPeople = place == null || place.isKept() || overruling.contains(shard) || isTooOften(shard);
        return dropping.isUndropped(shard) || (forPeople && !released.contains(shard));
    }

    private boolean isTooOften(int shard) {
        var times = replaced.getOrDefault(shard, new ArrayDeque<>());
        while (!times.isEmpty() && state.nowMillis - times.getFirst() >= WINDOW_MILLIS) {
            times.removeFirst();
        }
        return times.size() >= MOST_REPLACEMENTS;
    }

    /// Tells the others at once if there is news, and asks them whether a stopped copy may go.
    void look() {
        var here = here();
        if (!here.equals(told)) {
            told = here;
            state.broadcast(report());
        }
        var stopped = state.lane.stopped();
        named.retainAll(stopped.keySet());
        released.retainAll(stopped.keySet());
        overruling.retainAll(stopped.keySet());
        unreadableSince.keySet().retainAll(stopped.keySet());
        stopped.forEach((shard, copy) -> look(shard, copy, here));
        looks++;
    }

    /// What this node tells others, again and again.
    public Item report() {
        return new Item.StoppedShards(state.nextNumber(), told);
    }

    private void look(int shard, StoppedCopy copy, SortedMap<Integer, Stopped> here) {
        Stopped stopped = here.get(shard);
        ReplicaPlace place = copy.place();
        if (copy.awaitsRelease()) {
            return;
        }
        if (copy.untilRoom()) {
            // To drop it takes a write too. Once there is room it goes on, and hears what has become of its place.
            return;
        }
        if (stopped != null && stopped.kept()) {
            name(shard, copy);
        } else if (place != null && place.isCopying()) {
            // It never took part, so nobody counts on it.
            note(shard, dropping.drop(shard));
        } else {
            ask(shard);
        }
    }

    /// Says once that a person has to look.
    private void name(int shard, StoppedCopy copy) {
        if (!named.add(shard) || dropping.isUndropped(shard)) {
            return;
        }
        state.logger.error("The copy of shard " + shard + " has stopped here: " + copy.reason() + " "
                + whyKept(shard, copy.place())
                + " The other participants go on without it, if they are a majority. Call dropStoppedCopy(" + shard
                + ") on this node when it may go; or empty the store, and let the node join anew.");
    }

    private String whyKept(int shard, @Nullable ReplicaPlace place) {
        if (place == null) {
            return "It is kept, because the store does not say which place it has.";
        }
        if (place.isKept()) {
            return "It is kept for study.";
        }
        return overruling.contains(shard)
                ? "It is kept, because an operator forced a change here, and the others go on in an era that this copy's"
                        + " one has overruled: they give way once it can be opened."
                : "It is kept, because this node has replaced " + MOST_REPLACEMENTS
                        + " copies of it within an hour: look at the disk.";
    }

    /// Asks a participant of an epoch without this node, which answers once that epoch is settled (R41).
    private void ask(int shard) {
        ShardView view = state.directory.find(shard);
        if (view == null || view.includes(state.self)) {
            return;
        }
        List<NodeId> others = view.participants().stream()
                .map(ParticipantId::node)
                .filter(state.reachability::isReachable)
                .toList();
        if (!others.isEmpty()) {
            state.mail.add(
                    others.get(Math.floorMod(looks, others.size())),
                    new Item.ForShard(shard, new Message.AskDecisions(view.epoch())));
        }
    }

    /// A participant says that this node is out of the shard. True if that was for a copy that has stopped
    /// here.
    public boolean removed(int shard, NodeId from, Message message) {
        StoppedCopy copy =
                message instanceof Message.Removed ? state.lane.stopped().get(shard) : null;
        if (copy == null || !(message instanceof Message.Removed removed)) {
            return false;
        }
        if (copy.place() != null && copy.place().isOfHigherEra(removed.epoch())) {
            overruling.add(shard);
        }
        if (!copy.untilRoom() && !isKept(shard, copy) && mayGo(copy, from, removed)) {
            drop(shard, copy, removed);
        }
        return true;
    }

    /// R76: true if the sender takes part in a settled epoch without this node, after the one in which the
    /// stopped participant was added. A participant that is out itself may not know whether that epoch is
    /// settled.
    private boolean mayGo(StoppedCopy copy, NodeId from, Message.Removed removed) {
        return Participants.include(removed.participants(), from)
                && !Participants.include(removed.participants(), state.self)
                && (copy.place() == null || copy.place().participant().epoch() < removed.epoch());
    }

    private void drop(int shard, StoppedCopy copy, Message.Removed removed) {
        var participant =
                copy.place() == null ? removed.latest(state.self) : copy.place().participant();
        var readable = ReadableRequests.of(store, shard, participant, removed.cut(participant));
        if (mayBecomeReadable(shard, readable)) {
            return;
        }
        // Where the store does not say which participant it was, it was none of a later epoch.
        long added = copy.place() == null ? removed.epoch() : participant.epoch();
        var place = new RetiredPlace(added, removed.epoch());
        // Before the drop: one that ends halfway has saved them.
        state.maySaveRequests = true;
        boolean done = dropping.drop(shard, place, readable.requests());
        note(shard, done);
        if (done) {
            state.logger.warning("The copy of shard " + shard
                    + " that had stopped here was dropped, since the others go"
                    + " on without it in epoch " + Epoch.text(removed.epoch()) + ". This node copies the shard anew. Of"
                    + " what it had accepted alone, " + readable.requests().size() + " requests are submitted again"
                    + (readable.unreadable().isEmpty() ? "." : ", and " + readable.unreadable() + "."));
        }
    }

    /// A disk that cannot be read now may be readable in a moment, and what only this copy has accepted with it.
    private boolean mayBecomeReadable(int shard, ReadableRequests readable) {
        if (readable.unreadable().isEmpty()) {
            return false;
        }
        long since = unreadableSince.computeIfAbsent(shard, _ -> state.nowMillis);
        return state.nowMillis - since < UNREADABLE_MILLIS;
    }

    private void note(int shard, boolean done) {
        if (done) {
            unreadableSince.remove(shard);
            replaced.computeIfAbsent(shard, _ -> new ArrayDeque<>()).addLast(state.nowMillis);
            released.remove(shard);
        }
    }

    /// A person has looked at a copy that is kept: it goes once the others go on without it. One that awaits a release
    /// of the service does not: nothing is wrong with it.
    ///
    /// @return false if no such copy is here
    public boolean release(int shard) {
        StoppedCopy copy = state.lane.stopped().get(shard);
        return copy != null && !copy.awaitsRelease() && released.add(shard);
    }

    /// Another node says what has stopped there.
    public void told(NodeId from, Item.StoppedShards report) {
        var news = state.stoppedElsewhere.hear(from, report.number(), report.shards(), state.nowMillis);
        if (!news.isEmpty()) {
            state.logger.warning("The node " + from + " says that shards have stopped there: " + texts(news)
                    + " Where a majority of the others is there, they go on without it after "
                    + state.settings.rebalancing().replaceStoppedAfterMillis() + " ms.");
        }
    }

    private static String texts(SortedMap<Integer, Stopped> news) {
        var reasons = new TreeMap<String, TreeSet<Integer>>();
        news.forEach((shard, stopped) ->
                reasons.computeIfAbsent(stopped.reason(), _ -> new TreeSet<>()).add(shard));
        var text = new StringBuilder();
        reasons.forEach((reason, shards) ->
                text.append(shards).append(", because ").append(reason).append(' '));
        return text.toString().strip();
    }
}
