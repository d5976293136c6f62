package io.legion.runtime.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.Tag;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.shard.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ItemWireTest {
    private static Bytes tagOf(int size) {
        return Bytes.wrap(new byte[size]);
    }

    private static WireInput position(int tagBytes) {
        var out = new WireOutput();
        Wire.bytes(out, tagOf(tagBytes));
        out.flag(false);
        return new WireInput(out.toByteArray());
    }

    private static WireInput page(int tagBytes) {
        var out = new WireOutput();
        out.varLong(1);
        Wire.bytes(out, tagOf(tagBytes));
        Wire.bytes(out, PartitionKey.of("alice").bytes());
        out.flag(true);
        return new WireInput(out.toByteArray());
    }

    @Test
    void aTagThatIsTooLongCanNotBeRead() {
        assertThat(ItemWire.position(position(Tag.MAX_BYTES)).tag().bytes()).isEqualTo(tagOf(Tag.MAX_BYTES));
        assertThatThrownBy(() -> ItemWire.position(position(Tag.MAX_BYTES + 1))).isInstanceOf(CodecException.class);
        assertThat(ItemWire.page(page(Tag.MAX_BYTES)).records())
                .containsExactly(new IndexRecord(new Tag(tagOf(Tag.MAX_BYTES)), PartitionKey.of("alice")));
        assertThatThrownBy(() -> ItemWire.page(page(Tag.MAX_BYTES + 1))).isInstanceOf(CodecException.class);
    }

    @Test
    void aPageWithoutRecordsThatIsNotTheLastCanNotBeRead() {
        assertThat(ItemWire.page(written(new Page(List.of(), true))).records()).isEmpty();
        assertThatThrownBy(() -> ItemWire.page(written(new Page(List.of(), false))))
                .isInstanceOf(CodecException.class);
    }

    private static WireInput written(Page page) {
        var out = new WireOutput();
        ItemWire.page(out, page);
        return new WireInput(out.toByteArray());
    }
}
