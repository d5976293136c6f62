package io.legion.runtime.control;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.placement.Member;
import io.legion.core.placement.NodeRelease;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.NodeMarks;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// R87: tells the other nodes which versions this node's release runs, which ones are active here, and whether they are
/// to become active by themselves.
public final class Versioning {
    private final NodeState state;
    private final Membership membership;
    private final Store store;
    private final RaisedVersions raised;
    private boolean holds;
    private boolean ordered;

    /// The nodes whose hold the order overrides: those that had one when it came.
    private Set<NodeId> overridden = Set.of();

    public Versioning(NodeState state, Membership membership, Store store) {
        this.state = state;
        this.membership = membership;
        this.store = store;
        this.raised = new RaisedVersions(state.types, state.logger);
        this.holds = state.settings.holdsVersions();
        state.release = present(List.of());
    }

    /// An order from before this start holds. Call this before the node describes itself.
    public void recovered() {
        holds |= NodeMarks.holdsVersions(store);
        state.release = present(List.of());
    }

    /// Holds all versions of the cluster where they are, until [#release], also after this node is started again.
    ///
    /// @throws StoreException if the store does not keep that: then nothing has changed
    public void hold() {
        NodeMarks.holdVersions(store);
        holds = true;
        ordered = false;
        state.logger.info("An operator holds the versions of the partition types: none becomes active until this is"
                + " taken back or ordered on this node.");
    }

    /// Takes [#hold] back, and the setting until this node stops.
    ///
    /// @throws StoreException if the store does not take that: then nothing has changed
    public void release() {
        NodeMarks.releaseVersions(store);
        holds = false;
        state.logger.info(
                "An operator lets the versions of the partition types become active once all nodes run them.");
    }

    /// The versions that this node runs become active once all nodes run them, whatever is held now. A hold that
    /// another node gets later ends the order.
    public void order() {
        ordered = true;
        overridden = holding();
        state.logger.info("An operator has ordered that the versions which this node runs become active once all nodes"
                + " run them.");
    }

    public boolean holds() {
        return holds;
    }

    private Set<NodeId> holding() {
        return state.members.all().stream()
                .filter(member -> member.release().holds())
                .map(Member::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The last word of an operator counts, on whichever node.
    private void endOrderIfHeldSince() {
        if (ordered && !overridden.containsAll(holding())) {
            ordered = false;
            state.logger.info("The order that versions become active is over: another node holds them since.");
        }
    }

    /// Tells what is new, the others and the log.
    ///
    /// @param replicas how this node's replicas stand
    void look(Collection<ReplicaStatus> replicas) {
        raised.look(replicas);
        endOrderIfHeldSince();
        NodeRelease present = present(replicas);
        if (!present.equals(state.release)) {
            state.release = present;
            membership.describeAgain();
        }
    }

    private NodeRelease present(Collection<ReplicaStatus> replicas) {
        return new NodeRelease(
                state.settings.release(),
                holds,
                state.types.all().stream().map(type -> present(type, replicas)).toList());
    }

    /// R86: what an overruled era has raised is active nowhere.
    private NodeRelease.OfType present(PartitionType<?> type, Collection<ReplicaStatus> replicas) {
        int active = replicas.stream()
                .filter(replica -> replica.phase() != ReplicaStatus.Phase.OVERRULED)
                .mapToInt(replica -> replica.versions().getOrDefault(type.id(), 0))
                .max()
                .orElse(0);
        return new NodeRelease.OfType(
                type.id(), type.minimumVersion(), type.version(), active, ordered ? type.version() : 0);
    }
}
