package io.legion.benchmarks.cluster.run;

import io.legion.benchmarks.cluster.subject.Kept;
import io.legion.benchmarks.cluster.subject.Mode;
import io.legion.benchmarks.cluster.subject.PeerSystem;
import io.legion.benchmarks.cluster.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Subjects that are up and warm at the same time, and measured by turns, so that all meet the same machine.
///
/// @param subjects in their order of the first round; a peer is between those that are compared with it
public record Comparison(List<Subject> subjects) {

    /// The fewest comparisons that hold every mode on every store. Modes whose answers wait for other nodes are
    /// apart from modes whose answers do not: no more than two kinds of Legion and their peers are up at once.
    ///
    /// @param peers compared with Legion in memory, where they keep their state themselves
    public static List<Comparison> of(List<Mode> modes, List<Kept> stores, List<PeerSystem> peers) {
        var comparisons = new ArrayList<Comparison>();
        for (var kept : stores) {
            var beside = kept == Kept.MEMORY ? peers : List.<PeerSystem>of();
            boolean watchable = beside.contains(PeerSystem.WATCHED);
            for (boolean waits : new boolean[] {false, true}) {
                var alike = modes.stream()
                        .filter(mode -> mode.waits() == waits)
                        .map(mode -> watchable ? Subject.watchable(mode, kept) : Subject.legion(mode, kept))
                        .toList();
                if (!alike.isEmpty()) {
                    comparisons.add(new Comparison(between(
                            alike,
                            beside.stream().map(peer -> peer.subject(waits)).toList())));
                }
            }
        }
        return comparisons;
    }

    private static List<Subject> between(List<Subject> subjects, List<Subject> peers) {
        int middle = (subjects.size() + 1) / 2;
        return Stream.of(subjects.subList(0, middle), peers, subjects.subList(middle, subjects.size()))
                .flatMap(List::stream)
                .toList();
    }

    /// The elements in the order of a round: every other round is backwards, so that in each pair each is first
    /// as often as the other.
    ///
    /// @param round from 0
    static <T> List<T> inOrder(List<T> elements, int round) {
        return round % 2 == 0 ? elements : elements.reversed();
    }
}
