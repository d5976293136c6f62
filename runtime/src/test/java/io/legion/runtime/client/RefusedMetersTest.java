package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.RecordingMonitor;
import org.junit.jupiter.api.Test;

/// The meters tell what a node itself has no room for from what a shard refuses that waits for a participant.
class RefusedMetersTest {
    private static final String HERE = "legion.refused.here{of=callers}";

    private final RecordingMonitor monitor = RecordingMonitor.open();
    private final Meters meters = new Meters(monitor);

    @Test
    void whatAShardRefusesIsNoOverloadOfTheNode() {
        meters.refused();
        assertThat(monitor.count("legion.refused")).isEqualTo(1);
        assertThat(monitor.count(HERE)).isZero();
    }

    @Test
    void whatTheNodeHasNoRoomForCountsTwice() {
        meters.refusedHere();
        assertThat(monitor.count("legion.refused")).isEqualTo(1);
        assertThat(monitor.count(HERE)).isEqualTo(1);
    }
}
