package io.legion.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.runtime.host.TinyNetwork;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of calls against a sorted map: numbers that follow each other, of which some stay for long.
final class CallTableTest {
    private static final int STEPS = 20_000;

    private final CallTable table = new CallTable();
    private final TreeMap<Long, Call> model = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 500})
    void itIsTheSameAsASortedMap(int usual) {
        var random = new Random(usual);
        long next = 1L << 40;
        for (int step = 0; step < STEPS; step++) {
            next += random.nextInt(50) == 0 ? 1 + random.nextInt(300) : 1;
            add(next);
            while (model.size() > usual || (random.nextInt(200) == 0 && !model.isEmpty())) {
                removeNear(next - random.nextInt(2 * usual));
            }
            look(next - random.nextInt(2 * usual));
        }
        assertThat(table.all()).containsExactlyElementsOf(model.values());
        model.keySet().stream().toList().forEach(this::removeNear);
        assertThat(table.size()).isZero();
        assertThat(table.all()).isEmpty();
    }

    private void add(long number) {
        var call = Call.read(number, 0, new Read(TinyNetwork.address("alice"), false), new Nobody());
        table.add(call);
        model.put(number, call);
    }

    /// The one with this number or the next one; the oldest if there is none.
    private void removeNear(long number) {
        Long near = model.ceilingKey(number);
        long gone = near == null ? model.firstKey() : near;
        assertThat(table.remove(gone)).isSameAs(model.remove(gone));
        assertThat(table.remove(gone)).isNull();
    }

    private void look(long number) {
        assertThat(table.find(number)).isSameAs(model.get(number));
        assertThat(table.size()).isEqualTo(model.size());
        if (number % 64 == 0) {
            assertThat(table.all()).containsExactlyElementsOf(model.values());
        }
    }

    private record Nobody() implements Waiter {
        @Override
        public void replied(Reply reply) {}

        @Override
        public void failed(NoAnswer none) {}

        @Override
        public long deadlineMillis() {
            return Long.MAX_VALUE;
        }
    }
}
