package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.runtime.node.NodeMeters;
import io.legion.service.RecordingMonitor;
import org.junit.jupiter.api.Test;

/// What a node has no room for itself is told apart from what a shard refuses that waits for a participant.
class RefusedMetersTest {
    private final RecordingMonitor monitor = RecordingMonitor.open();
    private final Meters meters = new Meters(monitor);
    private final NodeMeters node = new NodeMeters(monitor);

    @Test
    void whatAShardRefusesIsNoOverloadOfTheNode() {
        meters.refused();
        assertThat(monitor.count("legion.refused")).isEqualTo(1);
        assertThat(monitor.count("legion.refused.here{of=callers}")).isZero();
    }

    @Test
    void whatTheNodeHasNoRoomForIsCountedByWhoAsked() {
        meters.refusedHere();
        node.refused();
        node.refused();
        assertThat(monitor.count("legion.refused")).isEqualTo(1);
        assertThat(monitor.count("legion.refused.here{of=callers}")).isEqualTo(1);
        assertThat(monitor.count("legion.refused.here{of=nodes}")).isEqualTo(2);
        node.close();
    }
}
