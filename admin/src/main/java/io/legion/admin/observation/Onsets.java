package io.legion.admin.observation;

import io.legion.admin.diagnosis.Cause;
import io.legion.admin.diagnosis.Problem;
import io.legion.admin.observation.LifeEvent.Kind;
import io.legion.core.NodeId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Since when each problem has been seen, without a break.
///
/// **Threads.** One at a time.
final class Onsets {
    /// Of each of these there is one problem at most, and it is the same one whichever nodes it names.
    private static final Set<Cause> ONE_AT_MOST = EnumSet.of(
            Cause.MAJORITY_LOST,
            Cause.EVENT_FAILS,
            Cause.DIVERGENT,
            Cause.COPYING,
            Cause.REBALANCING_PAUSED,
            Cause.VERSIONS_DIFFER,
            Cause.VERSION_WAITS,
            Cause.INDEXING,
            Cause.REQUESTS_FORGOTTEN_EARLY,
            Cause.FOLDING_WAITS);

    /// What makes two problems of two pictures the same one. The further nodes of one may change from look to
    /// look, as those between which the network is cut.
    private record Identity(Cause cause, Optional<NodeId> node) {
        static Identity of(Problem problem) {
            return new Identity(
                    problem.cause(),
                    ONE_AT_MOST.contains(problem.cause())
                            ? Optional.empty()
                            : problem.nodes().stream().findFirst());
        }
    }

    private record Onset(Instant at, Problem problem) {}

    private final LifeEvents life;
    private Map<Identity, Onset> onsets = new HashMap<>();

    Onsets(LifeEvents life) {
        this.life = life;
    }

    /// The same problems, with the times when they were seen first. The list of events hears of those that come
    /// and go.
    List<Problem> dated(Instant now, List<Problem> problems) {
        var next = new HashMap<Identity, Onset>();
        var dated = problems.stream().map(problem -> dated(now, problem, next)).toList();
        onsets.forEach((identity, onset) -> {
            if (!next.containsKey(identity)) {
                tell(now, Kind.PROBLEM_OVER, "Over: ", onset.problem);
            }
        });
        onsets = next;
        return dated;
    }

    private Problem dated(Instant now, Problem problem, Map<Identity, Onset> next) {
        var identity = Identity.of(problem);
        var known = onsets.get(identity);
        if (known == null && !next.containsKey(identity)) {
            tell(now, Kind.PROBLEM, "", problem);
        }
        var first = known == null ? now : known.at;
        next.put(identity, new Onset(first, problem));
        return problem.since(first);
    }

    private void tell(Instant now, Kind kind, String before, Problem problem) {
        Optional<NodeId> node =
                problem.nodes().size() == 1 ? Optional.of(problem.nodes().getFirst()) : Optional.empty();
        Optional<Integer> shard =
                problem.shards().size() == 1 ? Optional.of(problem.shards().getFirst()) : Optional.empty();
        life.add(now, kind, before + problem.what(), node, shard);
    }
}
