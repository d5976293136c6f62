package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.spi.Durability;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LegionSettingsTest {
    private static LegionSettings read(String text) {
        return Configuration.parse("test.yaml", text, LegionSettings.class);
    }

    @Test
    void aFileWithANameAndABuilderWithANameHaveTheSameDefaults() {
        var settings = read("clusterName: bank\n");
        assertThat(settings).isEqualTo(LegionSettings.named("bank"));
        assertThat(settings).isEqualTo(Legion.named("bank").settings());
        assertThat(settings.startup()).isEqualTo(new StartupMode.Automatic(false));
        assertThat(settings.replication()).isEqualTo(ReplicationSettings.defaults());
        assertThat(settings.placement()).isEqualTo(PlacementSettings.defaults());
    }

    /// Each setting differs from its default: a builder that forgot one would give that.
    @Test
    void aBuilderThatStartsFromSettingsLosesNone() throws ReflectiveOperationException {
        var settings = read("""
                clusterName: bank
                startup: recover
                shards: 16
                durability: forced
                requestTimeout: 2s
                mailbox: 5
                cache: 1 MiB
                maxEvent: 2 KiB
                tick: 20ms
                closeTimeout: 3s
                joinTimeout: 4s
                incompleteStore: trust
                placement:
                  replicas: 2
                replication:
                  hashEvery: 8
                """);
        var defaults = LegionSettings.named("bank");
        for (var component : LegionSettings.class.getRecordComponents()) {
            if (!component.getName().equals("clusterName")) {
                assertThat(value(settings, component)).as(component.getName()).isNotEqualTo(value(defaults, component));
            }
        }
        assertThat(Legion.with(settings).settings()).isEqualTo(settings);
    }

    private static Object value(LegionSettings settings, RecordComponent component)
            throws ReflectiveOperationException {
        return component.getAccessor().invoke(settings);
    }

    @Test
    void eachSettingOfTheReplicationCanBeChangedAlone() {
        var changed = ReplicationSettings.defaults()
                .withClockAhead(Duration.ofSeconds(1))
                .withResend(Duration.ofSeconds(2))
                .withDecideTimeout(Duration.ofSeconds(3))
                .withReturnTimeout(Duration.ofSeconds(4))
                .withRememberedOutputs(5)
                .withRememberedClients(6)
                .withRememberedFor(Duration.ofSeconds(7))
                .withMaxOutstanding(8)
                .withHashEvery(9)
                .withPiece(new ByteSize(10));
        assertThat(changed)
                .isEqualTo(new ReplicationSettings(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        5,
                        6,
                        Duration.ofSeconds(7),
                        8,
                        9,
                        new ByteSize(10)));
        assertThatThrownBy(() -> changed.withHashEvery(0)).hasMessageContaining("hashEvery");
        assertThatThrownBy(() -> changed.withPiece(new ByteSize(1L << 40))).hasMessageContaining("piece");
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
        assertThatThrownBy(() -> LegionSettings.named(" ")).hasMessageContaining("clusterName");
        assertThatThrownBy(() -> Legion.named("bank").mailbox(0).settings()).hasMessageContaining("mailbox");
        assertThatThrownBy(() -> LegionSettings.named("b".repeat(1_001))).hasMessageContaining("clusterName");
        assertThatThrownBy(() -> Legion.named("bank")
                        .requestTimeout(Duration.ofDays(300 * 366))
                        .settings())
                .hasMessageContaining("requestTimeout must be at most");
    }
}
