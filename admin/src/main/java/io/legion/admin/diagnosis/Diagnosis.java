package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.core.NodeId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is wrong in a picture of the cluster. Pure.
public final class Diagnosis {
    /// How many problems it names.
    public static final int MOST = 100;

    /// Problems of the whole cluster come before those of single nodes.
    private static final NodeId NO_NODE = new NodeId(0);

    private static final List<Check> CHECKS = Stream.of(
                    ReachChecks.CHECKS,
                    CutChecks.CHECKS,
                    StoreChecks.CHECKS,
                    ClockChecks.CHECKS,
                    DoorChecks.CHECKS,
                    DemandChecks.CHECKS,
                    EventChecks.CHECKS,
                    LeftoverChecks.CHECKS,
                    ChangeChecks.CHECKS,
                    VersionChecks.CHECKS)
            .flatMap(List::stream)
            .toList();

    private static final Comparator<Problem> WORST_FIRST = Comparator.comparing(
                    (Problem problem) -> problem.cause().severity())
            .reversed()
            .thenComparing(Problem::cause)
            .thenComparing(problem -> problem.nodes().stream().findFirst().orElse(NO_NODE));

    /// While one of these is there, events wait because of it: that they do is no fault of its own.
    private static final Set<Cause> KEEP_FROM_FOLDING = EnumSet.of(
            Cause.NODE_UNREACHABLE,
            Cause.NODE_NOT_ANSWERING,
            Cause.CUT_OFF_ONE_SIDED,
            Cause.MAJORITY_LOST,
            Cause.STORE_FULL,
            Cause.STORE_FAILED,
            Cause.STORE_DAMAGED,
            Cause.COPY_STOPPED,
            Cause.CLOCK_WRONG,
            Cause.OVERLOADED,
            Cause.DIVERGENT,
            Cause.OLD_COPY,
            Cause.RELEASE_UNFIT,
            Cause.NODE_STARTING);

    /// What matters where the node that looks is kept out: it has left the others, and what it sees of them
    /// follows from that.
    private static final Set<Cause> OF_ITSELF =
            EnumSet.of(Cause.RELEASE_UNFIT, Cause.STORE_FULL, Cause.STORE_FAILED, Cause.STORE_DAMAGED);

    private Diagnosis() {}

    /// The problems, the critical ones first, then by cause and by node: at most one for each cause and node.
    /// Of more than [#MOST] it leaves out the last.
    public static List<Problem> of(ClusterPicture picture) {
        var found = relevant(
                picture, CHECKS.stream().flatMap(check -> check.look(picture)).toList());
        boolean explained = found.stream().map(Problem::cause).anyMatch(KEEP_FROM_FOLDING::contains);
        return found.stream()
                .filter(problem -> problem.cause() != Cause.FOLDING_WAITS || !explained)
                .sorted(WORST_FIRST)
                .limit(MOST)
                .toList();
    }

    private static List<Problem> relevant(ClusterPicture picture, List<Problem> found) {
        return picture.isKeptOut()
                ? found.stream()
                        .filter(problem -> OF_ITSELF.contains(problem.cause()))
                        .toList()
                : found;
    }
}
