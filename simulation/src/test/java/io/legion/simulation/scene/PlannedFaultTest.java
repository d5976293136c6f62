package io.legion.simulation.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.scene.PlannedFault.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the numbers mean that a seed draws for a fault.
final class PlannedFaultTest {
    @Test
    void eachKindIsAFaultOfItsOwnAndEachFaultHasAKind() {
        List<String> faults = Arrays.stream(Kind.values())
                .map(kind -> planned(kind, 2, 100).what().getClass().getName())
                .toList();
        assertThat(Fault.class.getPermittedSubclasses())
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(faults);
    }

    @Test
    void anOddAmountSetsTheClockBack() {
        assertThat(planned(Kind.CLOCK, 2, 100).what()).isEqualTo(new Fault.ClockJump(1, 100, 200));
        assertThat(planned(Kind.CLOCK, 2, 101).what()).isEqualTo(new Fault.ClockJump(1, -101, 202));
    }

    @Test
    void anOddAmountPutsTheClockFarBehind() {
        assertThat(planned(Kind.CLOCK_FAR_OFF, 2, 100).what()).isEqualTo(new Fault.ClockFarOff(1, 600_000, 100));
        assertThat(planned(Kind.CLOCK_FAR_OFF, 2, 101).what()).isEqualTo(new Fault.ClockFarOff(1, -600_000, 101));
    }

    @Test
    void theDiskIsSlowForLongerThanTheSlowestWriteTakes() {
        assertThat(planned(Kind.SLOW_DISK, 2, 100).what()).isEqualTo(new Fault.SlowDisk(1, 100_000, 300));
        assertThat(planned(Kind.SLOW_DISK, 2, 8_000).what()).isEqualTo(new Fault.SlowDisk(1, 400_000, 24_000));
    }

    @Test
    void aMajorityIsLostInFourWays() {
        assertThat(lost(0, 100)).isEqualTo(Fault.MajorityLost.How.BURNED);
        assertThat(lost(1, 100)).isEqualTo(Fault.MajorityLost.How.STOPPED);
        assertThat(lost(2, 100)).isEqualTo(Fault.MajorityLost.How.ALL_CUT_OFF);
        assertThat(lost(2, 101)).isEqualTo(Fault.MajorityLost.How.CUT_OFF);
    }

    @Test
    void theStoryTellsTheDrawnNumbers() {
        assertThat(planned(Kind.KILL, 2, 100)).hasToString("fault 7: KILL machine 1, other 2, amount 100");
    }

    private static Fault.MajorityLost.How lost(int other, long amount) {
        var fault = planned(Kind.MAJORITY_LOST_AND_FORCED, other, amount).what();
        return ((Fault.MajorityLost) fault).how();
    }

    private static PlannedFault planned(Kind kind, int other, long amount) {
        return new PlannedFault(7, 5_000, kind, 1, other, amount);
    }
}
