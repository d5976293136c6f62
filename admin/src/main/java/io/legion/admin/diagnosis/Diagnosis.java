package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What is wrong in a picture of the cluster. Pure.
public final class Diagnosis {
    private static final List<Check> CHECKS = Stream.of(
                    ReachChecks.CHECKS,
                    StoreChecks.CHECKS,
                    ClockChecks.CHECKS,
                    DoorChecks.CHECKS,
                    DemandChecks.CHECKS,
                    EventChecks.CHECKS,
                    LeftoverChecks.CHECKS,
                    ChangeChecks.CHECKS)
            .flatMap(List::stream)
            .toList();

    private static final Comparator<Problem> WORST_FIRST = Comparator.comparing(
                    (Problem problem) -> problem.cause().severity())
            .reversed()
            .thenComparing(Problem::cause);

    private Diagnosis() {}

    /// All problems, the critical ones first.
    public static List<Problem> of(ClusterPicture picture) {
        return CHECKS.stream()
                .flatMap(check -> check.look(picture))
                .sorted(WORST_FIRST)
                .toList();
    }
}
