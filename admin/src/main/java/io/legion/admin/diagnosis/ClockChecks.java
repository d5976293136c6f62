package io.legion.admin.diagnosis;

import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Clocks that are wrong.
final class ClockChecks {
    static final List<Check> CHECKS = List.of(ClockChecks::wrong);

    /// A clock that a time service keeps is right within a fraction of a second. What is shown of clocks is
    /// late by as much as frames are.
    private static final Duration RIGHT = Duration.ofSeconds(10);

    private static final String NEXT = "with a time service that slews it; everything goes on within seconds.";

    private ClockChecks() {}

    /// Of three clocks the middle one is right, and of two nobody knows which.
    private static Stream<Problem> wrong(ClusterPicture picture) {
        var wrong = picture.known().filter(ClockChecks::isWrong).toList();
        if (wrong.isEmpty()) {
            return Stream.of();
        }
        var pair = pair(picture);
        return pair.isEmpty() ? wrong.stream().map(ClockChecks::wrong) : Stream.of(differing(picture, pair, wrong));
    }

    /// The two whose clocks are known, if there is no third one.
    private static List<NodeId> pair(ClusterPicture picture) {
        var members = picture.members().map(NodePicture::node).toList();
        var shown = picture.known()
                .filter(node -> offset(node).isPresent())
                .map(NodePicture::node)
                .toList();
        if (members.size() == 2) {
            return members;
        }
        return shown.size() == 2 ? shown : List.of();
    }

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    private static Optional<Duration> offset(NodePicture node) {
        return facts(node).report().clockOffset();
    }

    /// Why the node accepts no requests, if its clock is why.
    private static Optional<Silence> silence(NodePicture node) {
        return Stream.concat(
                        facts(node).report().silence().stream(),
                        facts(node).shards().stream().map(ShardReport::silence).flatMap(Optional::stream))
                .filter(silence -> silence.kind() == Silence.Kind.CLOCK)
                .findFirst();
    }

    private static boolean isWrong(NodePicture node) {
        return silence(node).isPresent()
                || offset(node).map(offset -> offset.abs().compareTo(RIGHT) > 0).orElse(false);
    }

    private static Problem wrong(NodePicture node) {
        var by = offset(node)
                .map(ahead -> ProblemText.time(ahead.abs()) + (ahead.isNegative() ? " behind" : " ahead of"))
                .orElse("not that of");
        return Problem.of(
                        Cause.CLOCK_WRONG,
                        "The clock of " + node.name() + " is " + by + " the others'"
                                + (silence(node).isPresent() ? ": the node accepts no requests." : "."),
                        "Set the clock right, " + NEXT)
                .at(node.node())
                .shownBy(signs(node).toList());
    }

    private static Problem differing(ClusterPicture picture, List<NodeId> pair, List<NodePicture> wrong) {
        var by = wrong.stream()
                .flatMap(node -> offset(node).stream())
                .map(Duration::abs)
                .max(Duration::compareTo)
                .map(most -> " by " + ProblemText.time(most))
                .orElse("");
        var silent = wrong.stream()
                .filter(node -> silence(node).isPresent())
                .map(NodePicture::node)
                .toList();
        return Problem.of(
                        Cause.CLOCK_WRONG,
                        "The clocks of " + ProblemText.names(picture, pair) + " differ" + by
                                + ", and there is no third one to tell which of the two is wrong."
                                + (silent.isEmpty()
                                        ? ""
                                        : " The one that is ahead counts as wrong meanwhile: "
                                                + ProblemText.names(picture, silent) + " accepts no requests."),
                        "Compare both with the right time, and set the wrong one right, " + NEXT)
                .at(pair)
                .shownBy(wrong.stream().flatMap(ClockChecks::signs).toList());
    }

    private static Stream<String> signs(NodePicture node) {
        return Stream.concat(
                offset(node).stream()
                        .map(ahead -> "The clock of " + node.name() + " differs by " + ahead.toMillis()
                                + " ms from the middle one of those that other nodes have shown it."),
                silence(node).stream().map(Silence::why));
    }
}
