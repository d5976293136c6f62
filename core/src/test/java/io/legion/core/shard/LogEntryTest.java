package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// An entry says the same of itself whether it was made here or read from bytes, wherever these are.
class LogEntryTest {
    private static final ParticipantId ORIGIN = new ParticipantId(new NodeId(7), 3);

    private static Bytes random(Random random, int least, int most) {
        byte[] bytes = new byte[random.nextInt(least, most + 1)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    /// Reads it from the middle of other bytes.
    private static LogEntry again(LogEntry entry) {
        var out = new WireOutput();
        out.fixed64(-1);
        entry.write(out);
        out.fixed64(-1);
        var in = new WireInput(out.toByteArray());
        in.fixed64();
        LogEntry read = LogEntry.read(in);
        assertThat(in.remaining()).as("nothing behind it is read").isEqualTo(8);
        return read;
    }

    @Test
    void isReadAsItWasMade() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var id = new EventId(random.nextLong(1, 1L << 60), ORIGIN);
            EventId birth = random.nextBoolean() ? id : new EventId(random.nextLong(1, 1L << 60), ORIGIN);
            var request = new RequestId(random.nextLong(), random.nextLong());
            var address = new PartitionAddress(random.nextInt(), new PartitionKey(random(random, 1, 300)));
            Bytes event = random(random, 0, 300);
            var made = LogEntry.event(id, 1 + seed, request, birth, address, event);
            for (LogEntry entry : new LogEntry[] {made, again(made)}) {
                assertThat(entry).as("seed %d", seed).isEqualTo(made);
                assertThat(entry.isBarrier()).isFalse();
                assertThat(entry.id()).isEqualTo(id);
                assertThat(entry.sequence()).isEqualTo(1 + seed);
                assertThat(entry.request()).isEqualTo(request);
                assertThat(entry.birth()).isEqualTo(birth);
                assertThat(entry.isRetry()).isEqualTo(!birth.equals(id));
                assertThat(entry.type()).isEqualTo(address.type());
                assertThat(entry.address()).isEqualTo(address);
                assertThat(entry.addressHash()).isEqualTo(address.hashCode());
                assertThat(entry.isOf(address.key().bytes().shared())).isTrue();
                assertThat(entry.isOf(random(random, 1, 300).shared())).isFalse();
                assertThat(entry.payload()).isEqualTo(event);
                assertThat(entry.size())
                        .isEqualTo(event.size() + address.key().bytes().size());
            }
        }
    }

    @Test
    void aBarrierHasNothingButItsPlace() {
        var barrier = LogEntry.barrier(new EventId(9, ORIGIN), 4);
        LogEntry read = again(barrier);
        assertThat(read).isEqualTo(barrier);
        assertThat(read.isBarrier()).isTrue();
        assertThat(read.isRetry()).isFalse();
        assertThat(read.sequence()).isEqualTo(4);
        assertThat(read.size()).isZero();
    }

    @Test
    void whatIsNoEntryIsRefused() {
        var event = LogEntry.event(
                new EventId(9, ORIGIN),
                4,
                new RequestId(1, 2),
                new EventId(9, ORIGIN),
                new PartitionAddress(5, PartitionKey.of("key")),
                Bytes.of("event"));
        byte[] whole = event.bytes().toArray();
        for (int length = 0; length < whole.length; length++) {
            var cut = new WireInput(whole, 0, length);
            assertThatThrownBy(() -> LogEntry.read(cut)).as("%d bytes", length).isInstanceOf(CodecException.class);
        }
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        for (int length : new int[] {0, PartitionKey.MAX_BYTES + 1}) {
            var out = new WireOutput();
            Wire.eventId(out, new EventId(9, ORIGIN));
            out.varLong(4);
            out.flag(true);
            Wire.request(out, new RequestId(1, 2));
            out.flag(false);
            out.fixed32(5);
            out.bytes(new byte[length]);
            out.bytes(new byte[3]);
            var in = new WireInput(out.toByteArray());
            assertThatThrownBy(() -> LogEntry.read(in))
                    .isInstanceOf(CodecException.class)
                    .hasMessageContaining("a partition key of " + length + " bytes");
        }
    }
}
