package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Answer;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is in a state is the state's own: nobody else can change it.
final class OwnStateTest {
    private record Basket(List<String> items) {
        static final PartitionType<Basket> TYPE =
                PartitionType.named("basket", new Basket(List.of())).events(Change.class);
    }

    private sealed interface Change<O> extends Event<Basket, O> {}

    private record Fill(List<String> items) implements Change<List<String>> {
        @Override
        public Applied<Basket, List<String>> apply(Basket state, EventContext context) {
            return Applied.of(new Basket(items), items);
        }
    }

    private record Add(String item) implements Change<List<String>> {
        @Override
        public Applied<Basket, List<String>> apply(Basket state, EventContext context) {
            var next = new ArrayList<>(state.items());
            next.add(item);
            return Applied.of(new Basket(next), next);
        }
    }

    private static Legion open(Store store) {
        var settings = Legion.named("bank").shards(4).settings();
        return Legion.with(settings)
                .store(store)
                .cluster(SoloCluster.open())
                .logger(RecordingLogger.open())
                .monitor(RecordingMonitor.open())
                .open(Basket.TYPE);
    }

    /// The caller goes on using the list, as a buffer that is cleared for the next event.
    @ParameterizedTest
    @EnumSource(Consistency.class)
    void aListInAnEventStaysTheCallersAndTheStateHasItsOwn(Consistency consistency) {
        var store = TestLanes.memory();
        try (var legion = open(store)) {
            var baskets = legion.partitions(Basket.TYPE);
            var buffer = new ArrayList<>(List.of("bread", "milk", "salt"));
            baskets.of("anna").request(new Fill(buffer), consistency);
            buffer.clear();
            assertThat(baskets.of("anna").read(Consistency.FAST).items()).containsExactly("bread", "milk", "salt");
            assertThat(baskets.of("anna").request(new Add("tea"), consistency).output())
                    .containsExactly("bread", "milk", "salt", "tea");
        }
        try (var legion = open(store)) {
            assertThat(legion.partitions(Basket.TYPE)
                            .of("anna")
                            .read(Consistency.FAST)
                            .items())
                    .hasSize(4);
        }
    }

    /// The event is applied later, on a thread of Legion's: the caller's list is empty by then.
    @ParameterizedTest
    @EnumSource(Consistency.class)
    void anAsynchronousCallHasTheListAsItWasWhenTheCallWasMade(Consistency consistency) {
        try (var legion = open(TestLanes.memory())) {
            var anna = legion.partitions(Basket.TYPE).of("anna");
            var stages = new ArrayList<CompletionStage<Answer<List<String>>>>();
            var buffer = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                buffer.add("bread " + i);
                stages.add(anna.requestAsync(new Fill(buffer), consistency));
                buffer.clear();
            }
            for (int i = 0; i < 100; i++) {
                assertThat(stages.get(i).toCompletableFuture().join().output()).containsExactly("bread " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void anOutputSharesNothingWithTheState(Consistency consistency) {
        try (var legion = open(TestLanes.memory())) {
            var baskets = legion.partitions(Basket.TYPE);
            var output = baskets.of("anna").request(new Add("tea"), consistency).output();
            assertThat(output)
                    .isNotSameAs(baskets.of("anna").read(Consistency.FAST).items());
            try {
                output.clear();
            } catch (UnsupportedOperationException unmodifiable) {
                assertThat(output).hasSize(1);
            }
            assertThat(baskets.of("anna").read(Consistency.FAST).items()).containsExactly("tea");
        }
    }
}
