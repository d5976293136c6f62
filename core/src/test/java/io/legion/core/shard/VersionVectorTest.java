package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionVectorTest {
    private final Random random = new Random(11);

    private VersionVector any() {
        VersionVector vector = VersionVector.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            vector =
                    vector.with(new ParticipantId(new NodeId(random.nextInt(4)), random.nextInt(2)), random.nextInt(9));
        }
        return vector;
    }

    @Test
    void mergingIsIdempotentCommutativeAndAssociativeAndOnlyGrows() {
        for (int i = 0; i < 5_000; i++) {
            VersionVector a = any();
            VersionVector b = any();
            VersionVector c = any();
            assertThat(a.merge(a)).isEqualTo(a);
            assertThat(a.merge(b)).isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(b).covers(a)).isTrue();
            assertThat(a.covers(b)).isEqualTo(a.merge(b).equals(a));
        }
    }

    @Test
    void anEntryOfZeroIsNoEntry() {
        var origin = new ParticipantId(new NodeId(1), 0);
        assertThat(VersionVector.EMPTY.with(origin, 3).with(origin, 0)).isEqualTo(VersionVector.EMPTY);
        assertThat(VersionVector.EMPTY.get(origin)).isZero();
    }

    @Test
    void whatIsWrittenIsRead() {
        for (int i = 0; i < 1_000; i++) {
            VersionVector vector = any();
            var out = new WireOutput();
            vector.write(out);
            assertThat(VersionVector.read(new WireInput(out.toByteArray()))).isEqualTo(vector);
        }
    }

    @Test
    void entriesThatAreNotInOrderAreReadAllTheSame() {
        var low = new ParticipantId(new NodeId(1), 0);
        var high = new ParticipantId(new NodeId(2), 0);
        var out = new WireOutput();
        out.varLong(3);
        for (var origin : List.of(high, low, low)) {
            Wire.participant(out, origin);
            out.varLong(origin.equals(low) ? 5 : 7);
        }
        var expected = VersionVector.EMPTY.with(low, 5).with(high, 7);
        assertThat(VersionVector.read(new WireInput(out.toByteArray()))).isEqualTo(expected);
    }
}
