package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.spi.Durability;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

    private static final LegionSettings DEFAULTS = LegionSettings.named("bank");

    /// Each setting differs from its default.
    private static final LegionSettings OTHERS = read("""
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
              replaceAfter: 5s
              replaceStoppedAfter: 7s
              copiesAtOnce: 6
              route: nearest
              weight: 7
              zone: north
            replication:
              clockAhead: 1s
              resend: 2s
              decideTimeout: 3s
              returnTimeout: 4s
              rememberedOutputs: 5
              requestMemory: 6 KiB
              rememberedFor: 7s
              maxOutstanding: 8
              hashEvery: 9
              piece: 10
            release:
              name: next
              hold: true
            """);

    /// A component that can be changed alone.
    record Setting(Record defaults, Record others, RecordComponent component, Method change) {
        Object value(Record settings) throws ReflectiveOperationException {
            return component.getAccessor().invoke(settings);
        }

        /// The defaults with this component of the others.
        Object changed() throws ReflectiveOperationException {
            var on = defaults instanceof LegionSettings settings ? Legion.with(settings) : defaults;
            var changed = change.invoke(on, value(others));
            return changed instanceof LegionBuilder builder ? builder.settings() : changed;
        }

        @Override
        public String toString() {
            return change.getDeclaringClass().getSimpleName() + "." + change.getName();
        }
    }

    static Stream<Setting> settings() {
        return Stream.of(
                        settings(DEFAULTS, OTHERS, LegionBuilder.class, ""),
                        settings(DEFAULTS.placement(), OTHERS.placement(), PlacementSettings.class, "with"),
                        settings(DEFAULTS.replication(), OTHERS.replication(), ReplicationSettings.class, "with"),
                        settings(DEFAULTS.release(), OTHERS.release(), ReleaseSettings.class, "with"))
                .flatMap(all -> all);
    }

    private static Stream<Setting> settings(Record defaults, Record others, Class<?> changer, String prefix) {
        return Arrays.stream(defaults.getClass().getRecordComponents())
                .filter(component -> !component.getName().equals("clusterName"))
                .map(component -> new Setting(defaults, others, component, change(changer, prefix, component)));
    }

    private static Method change(Class<?> changer, String prefix, RecordComponent component) {
        return Arrays.stream(changer.getMethods())
                .filter(method -> method.getName().equalsIgnoreCase(prefix + component.getName()))
                .filter(method -> method.getParameterCount() == 1)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing changes " + component + " of " + changer));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachSettingCanBeChangedAlone(Setting setting) throws ReflectiveOperationException {
        var changed = setting.changed();
        assertThat(setting.value(setting.others())).isNotEqualTo(setting.value(setting.defaults()));
        for (var component : setting.defaults().getClass().getRecordComponents()) {
            var from =
                    component.getName().equals(setting.component().getName()) ? setting.others() : setting.defaults();
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isEqualTo(component.getAccessor().invoke(from));
        }
    }

    @Test
    void aChangeOutOfRangeIsRefusedAtOnce() {
        assertThatThrownBy(() -> ReplicationSettings.defaults().withHashEvery(0))
                .hasMessageContaining("hashEvery");
        assertThatThrownBy(() -> ReplicationSettings.defaults().withPiece(new ByteSize(1L << 40)))
                .hasMessageContaining("piece");
        assertThatThrownBy(() -> Legion.named("bank").shards(0)).hasMessageContaining("shards");
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
