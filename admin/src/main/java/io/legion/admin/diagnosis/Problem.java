package io.legion.admin.diagnosis;

import io.legion.core.NodeId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Something that is wrong.
///
/// @param what what happened, and what is true now
/// @param next what to do
/// @param since when it was seen first; empty if it was not seen before
/// @param nodes those concerned, in the order of their ids
/// @param shards those concerned
/// @param evidence what shows it, the first signs of it
public record Problem(
        Cause cause,
        String what,
        String next,
        Optional<Instant> since,
        List<NodeId> nodes,
        List<Integer> shards,
        List<String> evidence) {
    private static final int MOST_SIGNS = 12;

    /// Of the whole cluster.
    static Problem of(Cause cause, String what, String next) {
        return new Problem(cause, what, next, Optional.empty(), List.of(), List.of(), List.of());
    }

    Problem at(NodeId node) {
        return at(List.of(node));
    }

    Problem at(Collection<NodeId> some) {
        return new Problem(cause, what, next, since, some.stream().sorted().toList(), shards, evidence);
    }

    Problem in(Collection<Integer> some) {
        return new Problem(
                cause, what, next, since, nodes, some.stream().sorted().toList(), evidence);
    }

    Problem shownBy(List<String> signs) {
        return new Problem(
                cause,
                what,
                next,
                since,
                nodes,
                shards,
                signs.stream().limit(MOST_SIGNS).toList());
    }

    /// The same, as it was seen first at this time.
    public Problem since(Instant first) {
        return new Problem(cause, what, next, Optional.of(first), nodes, shards, evidence);
    }
}
