package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ReplicaSettingsTest {
    /// The defaults, as whole numbers, with one of them changed.
    private static ReplicaSettings with(int place, long value) {
        long[] all = {60_000, 400, 2_000, 2_000, 1_024, 1_024, 3_600_000, 100_000, 64, 64 * 1024};
        all[place] = value;
        return new ReplicaSettings(
                all[0], all[1], all[2], all[3], (int) all[4], (int) all[5], all[6], (int) all[7], (int) all[8], (int)
                        all[9]);
    }

    private static void assertRefused(int place, long value, String name) {
        assertThatThrownBy(() -> with(place, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must be from ")
                .hasMessageEndingWith("not " + value);
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        assertRefused(0, -1, "maxClockAheadMillis");
        assertRefused(1, 0, "resendMillis");
        assertRefused(2, 0, "decideTimeoutMillis");
        assertRefused(3, Long.MAX_VALUE, "returnMillis");
        assertRefused(4, 0, "rememberedOutputs");
        assertRefused(5, -7, "rememberedBytes");
        assertRefused(6, -1, "rememberedMillis");
        assertRefused(7, 0, "maxOutstanding");
        assertRefused(8, 0, "hashEvery");
        assertRefused(9, 1 << 30, "pieceBytes");
    }
}
