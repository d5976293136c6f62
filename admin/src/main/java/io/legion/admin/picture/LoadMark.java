package io.legion.admin.picture;

import io.legion.operations.NodeReport;
import java.time.Instant;

/// What a node had counted at one moment: what has happened since then is the difference.
///
/// @param nanos when that was, by a time that goes on evenly
/// @param started when that node was started: its counts begin with that
/// @param refusedHere what the node itself had no room for
public record LoadMark(long nanos, Instant started, long refusedHere, long timedOut) {
    /// What a node says now.
    public static LoadMark of(long nanos, NodeFacts facts) {
        NodeReport report = facts.report();
        var load = report.load();
        return new LoadMark(nanos, report.started(), load.refusedHere(), load.timedOut());
    }
}
