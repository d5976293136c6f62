package io.legion.core.shard;

import io.legion.core.primitive.Invariant;
import io.legion.core.shard.ReplicaStatus.Phase;
import java.util.EnumSet;
import java.util.Set;

/// The one place where a replica's phase changes: which phase may follow which, who hears of it, and what the next
/// write stores (R28, R38).
final class Phases {
    private final ReplicaState state;
    private final Answering answering;
    private final Reading reading;

    Phases(ReplicaState state, Answering answering, Reading reading) {
        this.state = state;
        this.answering = answering;
        this.reading = reading;
    }

    /// R28, R38: the replica is in this phase from now on. The next write stores that, forced: after a power failure
    /// no replica is again what it has ceased to be. Only who loses [Phase#GONE] learns it again.
    ///
    /// @param why for the callers that wait here: they go to another node, under their request ids and births
    void become(Phase next, String why) {
        Invariant.hold(
                next(state.phase()).contains(next), "a replica that is " + state.phase() + " does not become " + next);
        state.phase(next);
        answering.turnAway(why);
        reading.turnAway(why);
        state.journal.storeEpoch();
        state.journal.forced |= next != Phase.GONE;
    }

    /// The phases that may follow this one. A replica that is overruled may be overruled again, by a still higher
    /// era.
    static Set<Phase> next(Phase present) {
        return switch (present) {
            case COPYING -> EnumSet.of(Phase.PARTICIPATING, Phase.OLD_COPY);
            case PARTICIPATING -> EnumSet.of(Phase.REMOVED, Phase.DIVERGED, Phase.OVERRULED, Phase.OLD_COPY);
            case REMOVED -> EnumSet.of(Phase.GONE, Phase.OVERRULED, Phase.OLD_COPY);
            case OVERRULED -> EnumSet.of(Phase.OVERRULED, Phase.GONE);
            case GONE -> EnumSet.of(Phase.OLD_COPY);
            case DIVERGED, OLD_COPY -> EnumSet.noneOf(Phase.class);
        };
    }
}
