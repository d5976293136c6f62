package io.legion.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Unfound;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A node with many overruled copies can still tell of them.
final class OverruledCopiesTest {
    private static final int OF_EACH = 1_000;
    private static final int SHARDS = 4_096;

    private static Unfound unfound(long number) {
        var event = new EventId(number, new ParticipantId(new NodeId(1), 0));
        var address = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("account-" + number));
        return new Unfound(new RequestId(1, number), event, address, false);
    }

    @Test
    void allCopiesTogetherListABoundedNumberOfEventsAndCountTheOthers() {
        var events = LongStream.range(0, OF_EACH)
                .mapToObj(OverruledCopiesTest::unfound)
                .toList();
        var overruled = new TreeMap<Integer, Overruled>();
        for (int shard = 0; shard < SHARDS; shard++) {
            overruled.put(shard, new Overruled(7, List.of(), true, events, 5));
        }
        var copies = OverruledCopies.of(overruled, new PartitionTypes(List.of(Account.TYPE)));
        assertThat(copies).hasSize(SHARDS).allMatch(copy -> copy.lost().size() + copy.more() == OF_EACH + 5);
        assertThat(copies.stream().mapToInt(copy -> copy.lost().size()).sum()).isEqualTo(Operations.MOST_LOST_EVENTS);
        assertThat(copies.getFirst().lost()).hasSize(OF_EACH);
        assertThat(copies.getLast()).isEqualTo(new OverruledCopy(SHARDS - 1, true, List.of(), OF_EACH + 5));
    }
}
