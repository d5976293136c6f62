package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.LegionBuilder;
import io.legion.RequestException;
import io.legion.StartupException;
import io.legion.cluster.jgroups.Counters.Counter;
import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.Outcome;
import io.legion.core.PartitionType;
import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The largest events and states that the settings allow, over three nodes.
@Timeout(240)
final class LargeValuesTest {
    public record Blob(Bytes bytes) {}

    public sealed interface Change extends Event<Blob, Integer> {}

    public record Grow(int size) implements Change {
        @Override
        public Applied<Blob, Integer> apply(Blob state, EventContext context) {
            return Applied.of(new Blob(Bytes.wrap(new byte[size])), size);
        }
    }

    public record Touch(Bytes bytes) implements Change {
        @Override
        public Applied<Blob, Integer> apply(Blob state, EventContext context) {
            return Applied.of(state, bytes.size());
        }
    }

    private static final PartitionType<Blob> TYPE =
            PartitionType.named("blob", new Blob(Bytes.EMPTY)).events(Change.class);

    private static final int MIB = 1 << 20;

    private static Touch event(int bytes) {
        return new Touch(Bytes.wrap(new byte[bytes]));
    }

    @Test
    void whatTheSettingsAllowIsPossibleAndWhatIsLargerIsRefusedWithAFate() throws Exception {
        UnaryOperator<LegionBuilder> large =
                builder -> builder.shards(1).maxEvent(new ByteSize(64L << 20)).requestTimeout(Duration.ofSeconds(60));
        var all = Counters.addresses(3);
        var nodes = new ArrayList<Counter>();
        try {
            nodes.add(Counters.open(
                    Counters.config(all.get(0), all), b -> large.apply(b).mayFound(true), TYPE));
            nodes.add(Counters.open(Counters.config(all.get(1), all), large, TYPE));
            nodes.add(Counters.open(Counters.config(all.get(2), all), large, TYPE));
            Nodes.await(
                    "all take part",
                    () -> nodes.stream()
                            .allMatch(node -> node.legion().operations().shards().stream()
                                    .allMatch(shard -> shard.participants().size() == 3)));
            var blob = nodes.get(1).legion().partitions(TYPE).of("k");
            for (int mib : new int[] {1, 17, 63}) {
                assertThat(blob.request(event(mib * MIB), Consistency.FINAL).output())
                        .isEqualTo(mib * MIB);
            }
            assertThatThrownBy(() -> blob.request(event(70 * MIB), Consistency.FINAL))
                    .isInstanceOfSatisfying(
                            RequestException.class,
                            refused -> assertThat(refused.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED));
            assertThat(blob.request(new Grow(7 * MIB), Consistency.FINAL).output())
                    .isEqualTo(7 * MIB);
            assertThat(blob.request(new Grow(9 * MIB), Consistency.FINAL).outcome())
                    .isInstanceOf(Outcome.Failure.class);
            assertThat(blob.read(Consistency.FINAL).bytes().size()).isEqualTo(7 * MIB);
        } finally {
            nodes.forEach(Counter::close);
        }
    }

    @Test
    void aSizeThatNoFrameCanCarryIsRefusedAtTheStart() {
        var config = Configuration.defaults(
                JGroupsCluster.Config.class,
                Map.of("listen", Counters.addresses(1).getFirst(), "maxFrame", new ByteSize(MIB)));
        assertThatThrownBy(() -> Counters.open(config, b -> b.mayFound(true), TYPE))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("maxEvent")
                .hasMessageContaining("maxFrame");
    }
}
