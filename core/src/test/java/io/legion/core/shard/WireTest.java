package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.CodecException;
import io.legion.core.PartitionKey;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WireTest {
    @ParameterizedTest
    @ValueSource(ints = {0, PartitionKey.MAX_BYTES + 1})
    void anAddressWithAKeyOfAWrongSizeIsRefusedLikeOtherBrokenBytes(int size) {
        var out = new WireOutput();
        out.fixed32(7);
        out.bytes(new byte[size]);
        var in = new WireInput(out.toByteArray());

        assertThatThrownBy(() -> Wire.address(in))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(size + " bytes");
    }
}
