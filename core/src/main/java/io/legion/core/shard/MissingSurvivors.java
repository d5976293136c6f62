package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import java.util.List;
import java.util.stream.Collectors;

/// R43: names the survivors of a forced change that do not come, and the operator's call that goes on without them.
/// A survivor that went with another forced change never comes: its copy belongs to that other history.
final class MissingSurvivors {
    /// A survivor that comes does so within this time.
    private static final long COMING_MILLIS = 10_000;

    private static final long ALARM_MILLIS = 600_000;

    private final ReplicaState state;
    private long sinceMillis;
    private long alarmedMillis = Long.MIN_VALUE / 2;

    MissingSurvivors(ReplicaState state) {
        this.state = state;
    }

    void epochChanged() {
        sinceMillis = state.elapsedMillis;
    }

    void tick() {
        if (!state.participates()
                || state.elapsedMillis - sinceMillis < COMING_MILLIS
                || state.elapsedMillis - alarmedMillis < ALARM_MILLIS) {
            return;
        }
        List<ParticipantId> missing = missing();
        if (!missing.isEmpty()) {
            alarmedMillis = state.elapsedMillis;
            state.outbox.alarm(Alarm.Kind.SURVIVOR_MISSING, text(missing));
        }
    }

    /// The participants from before the present era that this replica has not heard in it.
    private List<ParticipantId> missing() {
        long era = Epoch.era(state.epoch);
        boolean allCame = Epoch.count(state.epoch) == 0 || Epoch.era(state.allHeardEpoch) == era;
        return allCame
                ? List.of()
                : state.others().stream()
                        .filter(other -> Epoch.era(other.epoch()) < era && !state.heardInEpoch.contains(other))
                        .toList();
    }

    private String text(List<ParticipantId> missing) {
        int left = state.participants.size() - missing.size();
        String nodes =
                missing.stream().map(participant -> literal(participant.node())).collect(Collectors.joining(", "));
        return missing + " have not come since a forced change counted on them, and nothing becomes FINAL without them."
                + " If a node of theirs is down, start it. If all can be reached, they went with another forced change"
                + " and never come: "
                + (state.isMajority(left)
                        ? "call operations().eject(node) here for each of " + nodes + ", and let their machines join as"
                                + " new nodes"
                        : "call operations().force(Set.of(" + nodes + ")) here, and this side goes on. Its history then"
                                + " overrules theirs: what they answered since is listed there, and not in the history"
                                + " that goes on");
    }

    /// As it stands in a program.
    private static String literal(NodeId node) {
        return "new NodeId(0x" + Long.toHexString(node.value()) + "L)";
    }
}
