package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.spi.Durability;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LegionSettingsTest {
    private static LegionSettings read(String text) {
        return Configuration.parse("test.yaml", text, LegionSettings.class);
    }

    @Test
    void aFileWithTheNecessaryGivesTheDefaultsOfTheBuilder() {
        var settings = read("clusterName: bank\nstartup:\n  automatic:\n    mayFound: true\n");
        assertThat(settings).isEqualTo(LegionSettings.named("bank").build());
    }

    @Test
    void aFileCanSetEverything() {
        var settings = read("""
                clusterName: bank
                startup:
                  joincluster:
                    addresses: [ "10.0.0.1:7760" ]
                shards: 16
                durability: forced
                requestTimeout: 2s
                mailbox: 5
                placement:
                  replicas: 2
                cache: 1 MiB
                maxEvent: 2 KiB
                """);
        assertThat(settings.durability()).isEqualTo(Durability.FORCED);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.startup()).isInstanceOf(StartupMode.JoinCluster.class);
        assertThat(settings.placement().replicas()).isEqualTo(2);
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        assertThatThrownBy(() -> read("clusterName: bank\nstartup: recover\nshards: 0\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("shards");
        assertThatThrownBy(() -> LegionSettings.named(" ").build()).hasMessageContaining("clusterName");
        assertThatThrownBy(() -> LegionSettings.named("bank").mailbox(0).build())
                .hasMessageContaining("mailbox");
        assertThatThrownBy(() -> LegionSettings.named("b".repeat(1_001)).build())
                .hasMessageContaining("clusterName");
        assertThatThrownBy(() -> LegionSettings.named("bank")
                        .requestTimeout(Duration.ofDays(300 * 366))
                        .build())
                .hasMessageContaining("requestTimeout must be at most");
    }
}
