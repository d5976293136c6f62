package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.LegionBuilder;
import io.legion.PlacementSettings;
import io.legion.ReplicationSettings;
import io.legion.StartupException;
import io.legion.cluster.jgroups.Counters.Counter;
import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.WireName;
import io.legion.service.Logger;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nodes with the name of the cluster, and with another program or other settings.
@Timeout(120)
final class ForeignProgramsTest {
    public record Text(String value) {}

    @WireName("Add")
    public record Append(String by) implements Event<Text, Long> {
        @Override
        public Applied<Text, Long> apply(Text state, EventContext context) {
            return Applied.of(new Text(state.value() + by), 0L);
        }
    }

    public record Later(long value, String note) {}

    public record LaterAdd(long by, String why) implements Event<Later, Long> {
        @Override
        public Applied<Later, Long> apply(Later state, EventContext context) {
            return Applied.of(new Later(state.value() + by, state.note()), state.value() + by);
        }
    }

    private static final PartitionType<Text> OTHER_NAME =
            PartitionType.named("texts", new Text("")).events(Append.class);
    private static final PartitionType<Text> SAME_NAME =
            PartitionType.named("count", new Text("")).events(Append.class);
    private static final PartitionType<Later> LATER =
            PartitionType.named("count", new Later(0, "")).events(LaterAdd.class);

    private final List<String> all = Counters.addresses(2);

    private Counter founder() {
        return Counters.open(Counters.config(all.get(0), all), builder -> builder.mayFound(true), Counters.TYPE);
    }

    private Counter joiner(UnaryOperator<LegionBuilder> change, PartitionType<?>... types) {
        return Counters.open(
                Counters.config(all.get(1), all),
                builder -> change.apply(builder.joinTimeout(Duration.ofSeconds(2))),
                types);
    }

    private void isKeptOut(UnaryOperator<LegionBuilder> change, PartitionType<?> type, String... why) {
        try (var founder = founder()) {
            assertThat(founder.add()).isEqualTo(1);
            assertThatThrownBy(() -> joiner(change, type))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContainingAll(why);
            for (String part : why) {
                assertThat(founder.logged(Logger.Priority.ERROR, part)).as(part).isTrue();
            }
            assertThat(founder.add()).isEqualTo(2);
        }
    }

    @Test
    void aProgramWithOtherTypesIsKeptOutAndBothSidesNameThem() {
        isKeptOut(builder -> builder, OTHER_NAME, "[texts]", "[count]", "none in common");
    }

    @Test
    void aProgramWithAnotherTypeOfTheSameNameIsKeptOutAndBothSidesSayWhatDiffers() {
        isKeptOut(builder -> builder, SAME_NAME, "another partition type 'count'", "value is");
    }

    @Test
    void aLaterReleaseWithANewTypeAndNewComponentsJoins() {
        try (var founder = founder();
                var joiner = joiner(builder -> builder, LATER, OTHER_NAME)) {
            Nodes.await(
                    "they see each other", () -> !founder.cluster().members().isEmpty());
            assertThat(joiner.logged(Logger.Priority.ERROR, "")).isFalse();
        }
    }

    @Test
    void aNodeWithAnotherHashEveryIsKeptOut() {
        isKeptOut(
                builder -> builder.replication(ReplicationSettings.defaults().withHashEvery(32)),
                Counters.TYPE,
                "hashEvery",
                "32",
                "64");
    }

    @Test
    void aNodeThatWishesForOtherParticipantsIsKeptOut() {
        isKeptOut(
                builder -> builder.placement(PlacementSettings.defaults().withReplicas(5)),
                Counters.TYPE,
                "replicas",
                "5",
                "3");
    }
}
