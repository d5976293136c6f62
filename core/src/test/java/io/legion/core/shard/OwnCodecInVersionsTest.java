package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.WireName;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// R90: a codec of the user's own that writes for two versions. What an older version leaves out is not kept in memory,
/// though nothing can change the value.
class OwnCodecInVersionsTest {
    record OldSeats(int taken) {}

    @WireName("Take")
    record OldTake() implements Event<OldSeats, Integer> {
        @Override
        public Applied<OldSeats, Integer> apply(OldSeats state, EventContext context) {
            return Applied.of(new OldSeats(state.taken + 1), PRICE);
        }
    }

    record OldCodec(boolean isImmutable) implements Codec<OldSeats> {
        @Override
        public byte[] encode(OldSeats value) {
            return ByteBuffer.allocate(4).putInt(value.taken).array();
        }

        @Override
        public OldSeats decode(byte[] bytes) {
            return new OldSeats(ByteBuffer.wrap(bytes).getInt());
        }
    }

    /// The second version knows a price, which the first one takes for granted.
    record Seats(int taken, int price) {}

    record Take() implements Event<Seats, Integer> {
        @Override
        public Applied<Seats, Integer> apply(Seats state, EventContext context) {
            return Applied.of(new Seats(state.taken + 1, state.price + 1), state.price);
        }
    }

    private static final int PRICE = 10;

    /// @param written the version that it writes
    private record SeatsCodec(int written, boolean isImmutable) implements Codec<Seats> {
        @Override
        public byte[] encode(Seats value) {
            var out = ByteBuffer.allocate(written < 2 ? 4 : 8).putInt(value.taken);
            return (written < 2 ? out : out.putInt(value.price)).array();
        }

        @Override
        public Seats decode(byte[] bytes) {
            var in = ByteBuffer.wrap(bytes);
            return new Seats(in.getInt(), bytes.length == 8 ? in.getInt() : PRICE);
        }

        @Override
        public Codec<Seats> at(int version) {
            return new SeatsCodec(Math.min(version, 2), isImmutable);
        }

        @Override
        public int newestVersion() {
            return 2;
        }

        @Override
        public int firstVersionOf(Seats value) {
            return value.price == PRICE ? 1 : 2;
        }
    }

    private static PartitionTypes first(boolean immutable) {
        var events = PartitionType.named("seats", new OldSeats(0))
                .events(OldTake.class)
                .eventCodecs();
        return new PartitionTypes(
                List.of(PartitionType.named("seats", new OldSeats(0)).events(new OldCodec(immutable), events)));
    }

    private static PartitionTypes second(boolean immutable) {
        var initial = new Seats(0, PRICE);
        var events = PartitionType.named("seats", initial).events(Take.class).eventCodecs();
        return new PartitionTypes(List.of(PartitionType.named("seats", initial)
                .events(new SeatsCodec(2, immutable), events)
                .version(2)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replicasOfBothReleasesAgreeWhileTheOlderVersionIsActive(boolean immutable) {
        var old = first(immutable);
        var cluster = new ReplicaCluster(1, 3, ReplicaSettings.defaults(), old);
        cluster.node(1).restart(second(immutable));
        cluster.calm(80);
        var type = old.all().getFirst();
        for (int i = 1; i <= 200; i++) {
            var payload = Bytes.wrap(Codec.derived(Take.class).encode(new Take()));
            var address = new PartitionAddress(type.id(), PartitionKey.of("a"));
            cluster.request(
                    1 + i % 3,
                    new Request(new RequestId(9, i), null, address, payload, null, Consistency.FINAL, null, 1));
            cluster.calm(2);
        }
        for (long node = 1; node <= 3; node++) {
            assertThat(cluster.node(node).alarms).isEmpty();
            assertThat(cluster.node(node).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        }
    }
}
