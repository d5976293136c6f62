package io.legion.benchmarks.cluster.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.benchmarks.cluster.subject.Kept;
import io.legion.benchmarks.cluster.subject.Mode;
import io.legion.benchmarks.cluster.subject.PeerSystem;
import io.legion.benchmarks.cluster.subject.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is up at the same time, and in which order it is measured.
final class ComparisonTest {

    @Test
    void aPeerStandsBetweenTheModesThatPromiseWhatItDoes() {
        assertThat(names(List.of(Mode.values()), List.of(Kept.MEMORY), List.of(PeerSystem.HAZELCAST)))
                .containsExactly(
                        List.of("legion fast, memory", "hazelcast async, memory", "legion nearest, memory"),
                        List.of("legion durable, memory", "hazelcast sync, memory", "legion final, memory"));
    }

    @Test
    void aModeByItselfComesBeforeThePeer() {
        assertThat(names(List.of(Mode.FINAL), List.of(Kept.MEMORY), List.of(PeerSystem.HAZELCAST)))
                .containsExactly(List.of("legion final, memory", "hazelcast sync, memory"));
    }

    @Test
    void nothingIsComparedWithWhatIsOnDisk() {
        assertThat(names(List.of(Mode.FAST), List.of(Kept.ROCKSDB, Kept.MEMORY), List.of(PeerSystem.HAZELCAST)))
                .containsExactly(
                        List.of("legion fast, rocksdb"), List.of("legion fast, memory", "hazelcast async, memory"));
    }

    @Test
    void legionIsComparedWithItselfWatched() {
        assertThat(names(List.of(Mode.values()), List.of(Kept.MEMORY), List.of(PeerSystem.WATCHED)))
                .containsExactly(
                        List.of("legion fast, memory", "watched fast, memory", "legion nearest, memory"),
                        List.of("legion durable, memory", "watched durable, memory", "legion final, memory"));
        var watched = PeerSystem.WATCHED.subject(false);
        assertThat(watched.isWatched()).isTrue();
        assertThat(watched.isLegion())
                .as("a peer, with which Legion is compared")
                .isFalse();
        var beside = Subject.watchable(Mode.FAST, Kept.MEMORY);
        assertThat(beside.isWatched()).isFalse();
        assertThat(beside.processes()).as("one cluster for both").isEqualTo(watched.processes());
        assertThat(beside.processes())
                .as("not that which is compared with others")
                .isNotEqualTo(Subject.legion(Mode.FAST, Kept.MEMORY).processes());
    }

    @Test
    void everyOtherRoundIsBackwards() {
        var three = List.of("a", "b", "c");
        assertThat(Comparison.inOrder(three, 0)).containsExactly("a", "b", "c");
        assertThat(Comparison.inOrder(three, 1)).containsExactly("c", "b", "a");
        assertThat(Comparison.inOrder(three, 2)).containsExactly("a", "b", "c");
    }

    private static List<List<String>> names(List<Mode> modes, List<Kept> stores, List<PeerSystem> peers) {
        return Comparison.of(modes, stores, peers).stream()
                .map(comparison ->
                        comparison.subjects().stream().map(Subject::toString).toList())
                .toList();
    }
}
