package io.legion.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.LegionSettings;
import io.legion.core.shard.ReplicaSettings;
import org.junit.jupiter.api.Test;

final class EngineSettingsTest {
    /// The core knows no settings of a user, so it has defaults of its own, for whoever runs replicas without one.
    @Test
    void aReplicaHasTheSameDefaultsWhoeverMakesIt() {
        assertThat(EngineSettings.replica(LegionSettings.named("bank"))).isEqualTo(ReplicaSettings.defaults());
    }
}
