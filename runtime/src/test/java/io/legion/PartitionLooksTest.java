package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.operations.PartitionReport;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An operator looks at partitions whose code fails. The partitions go on.
@Timeout(120)
final class PartitionLooksTest {
    /// While this is true, what the type's code does ends in errors of the virtual machine.
    private static volatile boolean broken;

    record Tower(long floors) {}

    sealed interface Work<O> extends Event<Tower, O> {}

    record Build(long floors) implements Work<Long> {
        @Override
        public Applied<Tower, Long> apply(Tower state, EventContext context) {
            if (broken) {
                throw new StackOverflowError("planted");
            }
            var next = new Tower(state.floors() + floors);
            return Applied.of(next, next.floors());
        }
    }

    private static final PartitionType<Tower> TYPE =
            PartitionType.named("tower", new Tower(0)).events(Work.class);

    private static final PartitionKey KEY = PartitionKey.of("babel");

    @AfterEach
    void repair() {
        broken = false;
    }

    private static PartitionReport look(Legion at) {
        return at.operations().partition("tower", KEY).orElseThrow();
    }

    /// Who only follows has not applied the event when an operator looks.
    @Test
    void aLookAtAPartitionWhoseApplyFailsLeavesItsShardServing() {
        try (var banks = ThreeBanks.open(settings -> settings, TYPE)) {
            var order = Stream.of(0, 1, 2)
                    .sorted(Comparator.comparing(
                            number -> !tower(banks.node(number)).isServedHere()))
                    .toList();
            int serving = order.getFirst();
            Legion follower = banks.node(order.get(1));
            banks.cutOff(order.getLast());
            tower(banks.node(serving)).request(new Build(3), Consistency.DURABLE);
            broken = true;
            var report = look(follower);
            broken = false;
            assertThat(report.problem()).contains("the state cannot be told").contains("StackOverflowError: planted");
            assertThat(report.state()).isEmpty();
            assertThat(report.outstanding()).hasSize(1);
            assertThat(follower.operations().stoppedShards()).isEmpty();
            assertThat(look(follower).state()).isEqualTo("{\"floors\":3}");
            assertThat(look(follower).problem()).isEmpty();

            banks.cutOff(serving);
            ThreeBanks.soon("it serves", () -> tower(follower).isServedHere());
            var answer = tower(follower).request(new Build(4), Consistency.FAST);
            assertThat(answer.outcome().output()).isEqualTo(7);
        }
    }

    private static Partition<Tower> tower(Legion at) {
        return at.partitions(TYPE).of(KEY);
    }
}
