package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// That the checks see what they are for.
final class HistoryChecksTest {
    private static final List<Long> IN_THE_END = List.of(11L, 12L, 13L);

    private final History history = new History();

    private void write(long marker, Operation.Kind kind, long begin, long end, String outcome, long position) {
        take(new Operation(marker, 0, kind, begin, end, outcome, position, 0, "a#" + marker, ""));
    }

    private void read(long begin, long end, List<Long> seen) {
        long hash = Operation.hashes(seen).getLast();
        var kind = Operation.Kind.FINAL_READ;
        take(new Operation(0, 0, kind, begin, end, Operation.OK, seen.size(), hash, "-", ""));
    }

    private void take(Operation operation) {
        history.take("op " + operation.line());
    }

    private List<String> breaches(List<Long> markers, String... lost) {
        return HistoryChecks.breaches(history, List.of(markers), Set.of(lost));
    }

    @Test
    void whatHoldsIsNotABreach() {
        write(11, Operation.Kind.FINAL, 1, 2, Operation.OK, 1);
        write(13, Operation.Kind.FAST, 2, 3, Operation.OK, 1);
        write(12, Operation.Kind.DURABLE, 1, 9, Operation.OK, 9);
        write(14, Operation.Kind.DURABLE, 1, 9, "UNKNOWN", 0);
        write(15, Operation.Kind.DURABLE, 1, 9, "NOT_APPLIED", 0);
        write(16, Operation.Kind.FAST, 1, 9, Operation.OK, 1);
        read(3, 4, List.of(11L, 12L));
        history.take("final 13 0 3");
        assertThat(breaches(IN_THE_END, "a#16")).isEmpty();
        assertThat(HistoryChecks.parse("11,12,13;")).containsExactly(IN_THE_END, List.of());
    }

    @Test
    void lossAndDoublingAreSeen() {
        write(14, Operation.Kind.FAST, 1, 2, Operation.OK, 1);
        write(15, Operation.Kind.DURABLE, 1, 2, Operation.OK, 1);
        assertThat(breaches(IN_THE_END, "a#15")).hasSize(2).allMatch(breach -> breach.contains("is not there"));
        assertThat(breaches(List.of(14L, 15L, 14L))).singleElement().asString().contains("applied twice, at 1 and 3");
    }

    @Test
    void aFateThatWasNotSoIsSeen() {
        write(11, Operation.Kind.FAST, 1, 2, "NOT_APPLIED", 0);
        write(14, Operation.Kind.FAST, 1, 2, "APPLIED", 0);
        assertThat(breaches(IN_THE_END)).hasSize(2);
    }

    @Test
    void aFinalPlaceThatChangesIsSeen() {
        write(11, Operation.Kind.FINAL, 1, 2, Operation.OK, 2);
        history.take("final 12 0 3");
        assertThat(breaches(IN_THE_END)).hasSize(2);
    }

    @Test
    void anOrderAgainstRealTimeIsSeen() {
        write(12, Operation.Kind.FINAL, 1, 2, Operation.OK, 2);
        write(11, Operation.Kind.FINAL, 3, 4, Operation.OK, 1);
        assertThat(breaches(IN_THE_END)).singleElement().asString().contains("is before it");
    }

    @Test
    void aReadThatIsStaleOrSawWhatNeverWasIsSeen() {
        write(12, Operation.Kind.FINAL, 1, 2, Operation.OK, 2);
        read(3, 4, List.of(11L));
        assertThat(breaches(IN_THE_END)).singleElement().asString().contains("is before it");
        read(3, 4, List.of(11L, 13L));
        assertThat(breaches(IN_THE_END)).hasSize(2).last().asString().contains("not in history");
    }
}
