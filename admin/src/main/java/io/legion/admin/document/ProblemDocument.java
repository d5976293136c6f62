package io.legion.admin.document;

import io.legion.admin.diagnosis.Cause;
import io.legion.admin.diagnosis.Problem;
import io.legion.core.NodeId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that is wrong.
///
/// @param shards the first of those concerned
/// @param more how many others there are
public record ProblemDocument(
        Cause cause,
        Cause.Severity severity,
        String what,
        String next,
        @Nullable Instant since,
        List<String> nodes,
        List<Integer> shards,
        int more,
        List<String> evidence) {
    private static final int SHOWN = 20;

    static ProblemDocument of(Problem problem) {
        return new ProblemDocument(
                problem.cause(),
                problem.cause().severity(),
                problem.what(),
                problem.next(),
                problem.since().orElse(null),
                problem.nodes().stream().map(NodeId::toString).toList(),
                problem.shards().stream().limit(SHOWN).toList(),
                Math.max(0, problem.shards().size() - SHOWN),
                problem.evidence());
    }
}
