package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import java.util.ArrayList;
import java.util.List;

/// Tells other nodes where the shard is: a node that is behind, that is out, or whose era is over. Rules R13,
/// R40, R41, R43 and R71.
final class Telling {
    private final ReplicaState state;
    private final OldCopy oldCopy;

    Telling(ReplicaState state, OldCopy oldCopy) {
        this.state = state;
        this.oldCopy = oldCopy;
    }

    /// R13, R40: hands on the decisions that the asker lacks, or tells it that it is out.
    void tell(NodeId asker, long epoch) {
        boolean lower = Epoch.era(epoch) < Epoch.era(state.epoch);
        ParticipantId known = state.participantOf(asker);
        if (known != null && epoch < known.epoch()) {
            tellOfAddition(known, epoch);
        } else if (state.decisions.containsKey(epoch) && (!lower || known != null)) {
            state.outbox.send(asker, new Message.Decisions(epoch, decisionsFrom(epoch)));
        } else if (epoch < state.epoch && known != null) {
            // The asker may be behind, and hear from a participant that has the decisions; or it has forgotten
            // that it was here (R71).
            oldCopy.tellOfLater(known, epoch);
        } else if (Epoch.era(epoch) != Epoch.era(state.epoch)) {
            tellOfEra(asker, epoch);
        } else if (known == null && (isSettled() || isOut())) {
            tellWhoTakesPart(asker);
        }
    }

    /// R71: the asker's epoch is from before its node was added, so it is another participant, now removed.
    private void tellOfAddition(ParticipantId added, long epoch) {
        if (oldCopy.isHeardLater(added, epoch)) {
            oldCopy.tellOfLater(added, epoch);
        } else if (Epoch.era(epoch) < Epoch.era(state.epoch)) {
            // It cannot start here before it gives way there, and without it this era may never be settled.
            sendOverruled(added.node());
        } else {
            tellWhoTakesPart(added.node());
        }
    }

    private void tellWhoTakesPart(NodeId asker) {
        state.outbox.send(asker, new Message.Removed(state.epoch, state.participants, cuts(asker)));
    }

    /// R43: true if this replica can tell an overruled one what is in the history of this epoch's era.
    boolean knowsEraOf(long epoch) {
        return state.participates() && Epoch.era(epoch) == Epoch.era(state.epoch);
    }

    /// R43: tells an asker of a lower era whom to ask, also one of this era if this replica is out of it. Of a
    /// higher era this replica has to hear itself: it asks.
    void tellOfEra(NodeId asker, long epoch) {
        if (Epoch.era(epoch) <= Epoch.era(state.epoch)) {
            overrule(asker);
        } else {
            state.outbox.send(asker, new Message.AskDecisions(state.epoch));
        }
    }

    private List<Decision> decisionsFrom(long epoch) {
        var decisions = new ArrayList<Decision>();
        long next = epoch;
        for (var at = state.decisions.get(next); at != null; at = state.decisions.get(next)) {
            decisions.add(at);
            next = at.opens(next);
        }
        return decisions;
    }

    /// R43: a replica of a lower era that is not a survivor, or that went another way since, gives way.
    private void overrule(NodeId asker) {
        if (isSettled() || isOut()) {
            sendOverruled(asker);
        }
    }

    private void sendOverruled(NodeId to) {
        state.outbox.send(to, new Message.Overruled(state.epoch, state.participants, state.lineage.ends()));
    }

    private List<Decision.Cut> cuts(NodeId node) {
        var cuts = new ArrayList<Decision.Cut>();
        state.cuts.forEach((removed, cut) -> {
            if (removed.node().equals(node)) {
                cuts.add(new Decision.Cut(removed, cut));
            }
        });
        return cuts;
    }

    /// R41: this replica knows that a majority of the epoch's participants has entered it.
    private boolean isSettled() {
        return state.participates()
                && state.isMajority(state.heardInEpoch.size() + (state.heardInEpoch.contains(state.self) ? 0 : 1));
    }

    private boolean isOut() {
        return state.phase() == ReplicaStatus.Phase.REMOVED || state.phase() == ReplicaStatus.Phase.GONE;
    }
}
