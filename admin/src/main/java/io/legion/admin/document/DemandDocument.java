package io.legion.admin.document;

import io.legion.admin.diagnosis.Cause;
import io.legion.admin.diagnosis.Problem;
import io.legion.admin.picture.BusyPlace;
import io.legion.admin.picture.Demand;
import io.legion.core.NodeId;
import io.legion.operations.ByteText;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The busiest partitions, by samples of the events of the last five to ten seconds.
///
/// @param every one event of so many is sampled
/// @param busiest none if the samples are too few to tell
record DemandDocument(long sampled, int every, List<Busy> busiest) {
    /// @param reason why it is more than it should be; null if it is not
    record Busy(
            String type,
            String key,
            int shard,
            @Nullable String node,
            long sampled,
            int percent,
            @Nullable String reason,
            @Nullable String next) {
        static Busy of(BusyPlace place, Optional<Problem> problem) {
            var own = problem.filter(_ -> place.hot());
            return new Busy(
                    place.type(),
                    ByteText.of(place.key().bytes()),
                    place.shard(),
                    place.server().map(NodeId::toString).orElse(null),
                    place.sampled(),
                    place.percent(),
                    own.map(Problem::what).orElse(null),
                    own.map(Problem::next).orElse(null));
        }
    }

    /// @param problems what is wrong in the same picture: at most one partition gets more than half of all events
    static DemandDocument of(Demand demand, List<Problem> problems) {
        var hot = problems.stream()
                .filter(problem -> problem.cause() == Cause.HOT_PARTITION)
                .findFirst();
        return new DemandDocument(
                demand.sampled(),
                Demand.EVERY,
                demand.busiest().stream().map(place -> Busy.of(place, hot)).toList());
    }
}
