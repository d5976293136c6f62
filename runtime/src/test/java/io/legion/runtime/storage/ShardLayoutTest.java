package io.legion.runtime.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.LegionSettings;
import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShardLayoutTest {
    private final Random random = new Random(7);

    /// Bytes that collide and prefix each other often, with many zeros and ones.
    private byte[] bytes(int least, int most) {
        byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(3) - 1);
        }
        return bytes;
    }

    private IndexRecord record() {
        return new IndexRecord(new Tag(Bytes.wrap(bytes(0, 4))), PartitionKey.of(bytes(1, 3)));
    }

    @Test
    void indexKeysAreOrderedAsTheirRecords() {
        for (int i = 0; i < 100_000; i++) {
            var one = record();
            var other = record();
            int keys = Arrays.compareUnsigned(ShardLayout.tag(5, one), ShardLayout.tag(5, other));
            assertThat(Integer.signum(keys)).isEqualTo(Integer.signum(one.compareTo(other)));
        }
    }

    @Test
    void anIndexKeyGivesItsRecordBack() {
        for (int i = 0; i < 10_000; i++) {
            var record = record();
            assertThat(ShardLayout.recordOf(ShardLayout.tag(-3, record))).isEqualTo(record);
        }
    }

    /// R67: strictly greater.
    @Test
    void aSearchBeginsAtTheFirstKeyThatIsStrictlyGreater() {
        for (int i = 0; i < 100_000; i++) {
            var record = record();
            var from = random.nextBoolean()
                    ? SearchTag.from(record().tag())
                    : SearchTag.after(random.nextBoolean() ? record : record());
            int order = Arrays.compareUnsigned(ShardLayout.afterSearchTag(5, from), ShardLayout.tag(5, record));
            assertThat(order <= 0).isEqualTo(from.isBefore(record));
        }
    }

    @Test
    void statesAreOrderedAsTheirAddressesWithinAShard() {
        for (int i = 0; i < 10_000; i++) {
            var one = new PartitionAddress(random.nextInt(3) - 1, PartitionKey.of(bytes(1, 3)));
            var other = new PartitionAddress(random.nextInt(3) - 1, PartitionKey.of(bytes(1, 3)));
            int keys = Arrays.compareUnsigned(ShardLayout.state(9, one), ShardLayout.state(9, other));
            assertThat(Integer.signum(keys)).isEqualTo(Integer.signum(one.compareTo(other)));
            assertThat(ShardLayout.addressOfState(ShardLayout.state(9, one))).isEqualTo(one);
        }
    }

    @Test
    void theLastShardHasARangeOfItsOwn() {
        int last = LegionSettings.MAX_SHARDS - 1;
        byte[] begin = ShardLayout.begin('s', last);
        byte[] end = ShardLayout.after(begin);
        byte[] inside = ShardLayout.state(last, new PartitionAddress(-1, PartitionKey.of("z")));
        byte[] outside = ShardLayout.state(last - 1, new PartitionAddress(-1, PartitionKey.of("z")));
        assertThat(Arrays.compareUnsigned(begin, inside)).isNegative();
        assertThat(Arrays.compareUnsigned(inside, end)).isNegative();
        assertThat(Arrays.compareUnsigned(outside, begin)).isNegative();
    }

    @Test
    void entriesOfOneOriginAreNeighboursInTheOrderOfTheirSequence() {
        var origin = new ParticipantId(new NodeId(-1), 2);
        var next = new ParticipantId(new NodeId(-1), 3);
        assertThat(Arrays.compareUnsigned(ShardLayout.entry(1, origin, 255), ShardLayout.entry(1, origin, 256)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(ShardLayout.entry(1, origin, Long.MAX_VALUE), ShardLayout.entry(1, next, 1)))
                .isNegative();
    }

    @Test
    void aRecordGivesItsNameBack() {
        var name = Bytes.of("memory");
        assertThat(ShardLayout.nameOfRecord(ShardLayout.record(300, name))).isEqualTo(name);
    }
}
