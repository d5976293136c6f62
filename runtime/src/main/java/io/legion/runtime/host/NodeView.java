package io.legion.runtime.host;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.placement.Members;
import io.legion.core.placement.Raising;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.ClockLead;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionLook;
import io.legion.core.shard.ReplicaProgress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.operations.ForcedChange;
import io.legion.operations.VersionsReport.Unfit;
import io.legion.runtime.call.Calls;
import io.legion.runtime.call.Resubmitting;
import io.legion.runtime.call.Routing;
import io.legion.runtime.call.Serving;
import io.legion.runtime.control.Balancing;
import io.legion.runtime.control.ForcedChanges;
import io.legion.runtime.control.Leaving;
import io.legion.runtime.control.Membership;
import io.legion.runtime.control.Replacing;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What there is to see of a [Node]; nothing here changes it.
///
/// **Threads.** That of the node: whoever owns it.
public final class NodeView {
    private final NodeState state;
    private final Membership membership;
    private final Calls calls;
    private final Routing routing;
    private final Serving serving;
    private final Replacing replacing;
    private final Leaving leaving;
    private final Balancing balancing;
    private final ForcedChanges forcedChanges;
    private final Resubmitting resubmitting;

    NodeView(
            NodeState state,
            Membership membership,
            Calls calls,
            Routing routing,
            Serving serving,
            Replacing replacing,
            Leaving leaving,
            Balancing balancing,
            ForcedChanges forcedChanges,
            Resubmitting resubmitting) {
        this.state = state;
        this.membership = membership;
        this.calls = calls;
        this.routing = routing;
        this.serving = serving;
        this.replacing = replacing;
        this.leaving = leaving;
        this.balancing = balancing;
        this.forcedChanges = forcedChanges;
        this.resubmitting = resubmitting;
    }

    /// True once this node has handed over everything.
    public boolean hasLeft() {
        return leaving.hasLeft();
    }

    /// What [Node#force] would do now. This changes nothing.
    public List<ForcedChange> wouldForce(Set<NodeId> lost) {
        return forcedChanges.wouldForce(lost);
    }

    public boolean isRebalancingPaused() {
        return balancing.isPaused();
    }

    /// What the replicas on this node that a forced change elsewhere has overruled have found out, by shard.
    public SortedMap<Integer, Overruled> overruled() {
        return forcedChanges.overruled();
    }

    /// What has stopped on this node (R76).
    public SortedMap<Integer, StoppedCopies.Stopped> stopped() {
        return replacing.here();
    }

    /// What other nodes say has stopped there.
    public StoppedCopies stoppedElsewhere() {
        return state.stoppedElsewhere;
    }

    /// The members of the cluster, as far as this node has heard.
    public Members members() {
        return state.members;
    }

    /// Which versions may become active, as far as this node has heard (R87).
    public Raising raising() {
        return balancing.raising();
    }

    /// Why this node's release of the service cannot take part, by what the others say or by its own store; empty if it
    /// can (R87).
    public Optional<Unfit> unfit() {
        return membership
                .unfit()
                .or(() -> state.lane
                        .lacking()
                        .map(lacking ->
                                new Unfit(lacking.type(), lacking.version(), String.valueOf(lacking.getMessage()))));
    }

    /// The status of a shard's replica on this node, or empty if it does not run here.
    public Optional<ReplicaStatus> status(int shard) {
        return state.lane.status(shard);
    }

    /// What a shard's replica on this node waits for and how far it is, or empty if it does not run here.
    public Optional<ReplicaProgress> progress(int shard) {
        return state.lane.progress(shard);
    }

    /// How far this node's wall clock is ahead as a shard knows; null if the shard has heard no other node of
    /// late, or does not run here.
    public @Nullable ClockLead clockLead(int shard) {
        return state.lane.clockLead(shard);
    }

    /// How many calls of other nodes this node refused because too many were under way.
    public long refusedOfOthers() {
        return serving.refused();
    }

    /// How many participants a shard is to have.
    public int replicas() {
        return state.settings.rebalancing().replicas();
    }

    /// A partition of the shard, or empty if this node does not take part in it.
    ///
    /// @param most how many of its outstanding events to list
    public Optional<PartitionLook> look(int shard, PartitionAddress address, int most) {
        return state.lane.look(shard, address, most);
    }

    /// Why the store takes no writes for lack of room; empty if it has room.
    public String storeFull() {
        return state.lane.storeFull();
    }

    /// Why the store takes no more writes; empty if it does.
    public String storeFailed() {
        return state.lane.storeFailed();
    }

    /// Whether it takes no more because something that it holds is damaged.
    public boolean storeDamaged() {
        return state.lane.storeDamaged();
    }

    /// What the store cannot read, though it goes on; empty while all is well.
    public String storeWarning() {
        return state.lane.storeWarning();
    }

    /// The nodes that take part in the shard, as far as this one has heard, the preferred one first.
    public List<NodeId> participants(int shard) {
        return routing.participants(shard);
    }

    /// The nodes of these participants of the shard in the order of preference: the first one that can be
    /// reached serves.
    public List<NodeId> preferred(int shard, List<ParticipantId> participants) {
        return routing.preferred(shard, participants);
    }

    /// True if there is a way to the node.
    public boolean isReachable(NodeId node) {
        return state.reachability.isReachable(node);
    }

    /// For how long this node has had no frame of another one; null if it never had one.
    public @Nullable Long silentMillis(NodeId node) {
        return state.reachability.silentMillis(node, state.nowMillis);
    }

    /// Requests that were answered FAST, did not get into history and were too old to submit again, the latest
    /// 1,000 (R54). The store keeps them.
    public List<RequestId> lostRequests() {
        return resubmitting.lostRequests();
    }

    /// True if requests may be left that it saved from copies that had stopped (R76).
    public boolean maySaveRequests() {
        return state.maySaveRequests;
    }

    /// True if requests to the shard go to this node, unless a setting prefers the nearest one.
    public boolean isPreferred(int shard) {
        return routing.isPreferred(shard);
    }

    /// How many requests and reads of this node's callers have had no answer yet.
    int unanswered() {
        return calls.size();
    }

    /// True if this node is the only member that it ever heard of, and no shard of it has taken an event.
    boolean isUntouched() {
        boolean alone = state.members.all().size() <= 1;
        return alone
                && state.hosted.stream()
                        .map(this::status)
                        .flatMap(Optional::stream)
                        .allMatch(shard -> shard.folded() == 0 && shard.outstanding() == 0);
    }
}
