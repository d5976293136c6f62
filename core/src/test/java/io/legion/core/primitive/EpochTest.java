package io.legion.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// R43: epochs compare by era first.
class EpochTest {
    private static final long A = 0x1234_5678_9abcL;
    private static final long B = -1;

    @Test
    void epochsOfTheFirstEraAreTheirNumbers() {
        assertThat(Epoch.next(4)).isEqualTo(5);
        assertThat(Epoch.number(5)).isEqualTo(5);
        assertThat(Epoch.era(5)).isZero();
        assertThat(Epoch.text(5)).isEqualTo("5");
    }

    @Test
    void aForcedEraIsAboveEveryEpochOfTheOneBefore() {
        long forced = Epoch.forced(1_000_000, A);
        assertThat(forced).isGreaterThan((1L << 26) - 1);
        assertThat(Epoch.count(forced)).isEqualTo(1);
        assertThat(Epoch.number(forced)).isZero();
        assertThat(Epoch.era(Epoch.next(forced))).isEqualTo(Epoch.era(forced));
        assertThat(Epoch.next(forced)).isGreaterThan(forced);
    }

    @Test
    void twoErasForcedAtOnceAreInOneOrderWhateverTheirNumbers() {
        long one = Epoch.forced(3, A);
        long other = Epoch.forced(900, B);
        assertThat(Epoch.era(one)).isNotEqualTo(Epoch.era(other));
        assertThat(Long.compare(one + 1_000, other)).isEqualTo(Long.compare(one, other));
        assertThat(Epoch.forced(Math.min(one, other), A)).isGreaterThan(Math.max(one, other) + 1_000);
    }

    @Test
    void theNumberNeverCarriesIntoTheEra() {
        long last = Epoch.forced(0, A) | ((1L << 26) - 1);
        assertThat(Epoch.hasNext(last - 1)).isTrue();
        assertThat(Epoch.hasNext(last)).isFalse();
        assertThatThrownBy(() -> Epoch.next(last)).isInstanceOf(Invariant.Broken.class);
        assertThat(Epoch.count(Epoch.forced(last, A))).isEqualTo(2);
    }

    @Test
    void erasAreCountedToTheirEndAndStayPositive() {
        long epoch = 0;
        for (int forced = 1; forced <= 1_023; forced++) {
            long next = Epoch.forced(epoch, forced % 2 == 0 ? A : B);
            assertThat(next).isGreaterThan(epoch);
            epoch = next;
        }
        long last = epoch;
        assertThat(Epoch.mayBeForced(last)).isFalse();
        assertThatThrownBy(() -> Epoch.forced(last, A)).isInstanceOf(Invariant.Broken.class);
    }

    @Test
    void aForcedEpochIsReadableByPeople() {
        long forced = Epoch.next(Epoch.forced(7, A));
        assertThat(Epoch.text(forced)).matches("1-[0-9a-f]{7}\\.1");
        assertThat(new io.legion.core.ParticipantId(new io.legion.core.NodeId(1), forced))
                .asString()
                .endsWith("." + Epoch.text(forced));
    }
}
