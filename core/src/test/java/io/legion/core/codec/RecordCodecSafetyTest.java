package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legion.core.CodecException;
import io.legion.core.codec.CodecTypes.Everything;
import io.legion.core.codec.CodecTypes.Order;
import io.legion.core.codec.CodecTypes.Tree;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bytes from anyone: whatever they are, the outcome is a value or a [CodecException].
class RecordCodecSafetyTest {
    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(Everything.class);

    @Test
    void damagedBytesAreAValueOrACodecException() {
        Random random = new Random(11);
        int refused = 0;
        int read = 0;
        for (int seed = 0; seed < 900; seed++) {
            byte[] bytes = EVERYTHING.encode(new RandomValues(seed).everything());
            for (int i = 0; i < 250; i++) {
                if (survives(damage(bytes, random))) {
                    read++;
                } else {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(100_000);
        assertThat(read).isGreaterThan(1_000);
    }

    /// Any exception but a [CodecException] fails the test; a value that is read can be written and read again.
    private static boolean survives(byte[] bytes) {
        Everything value;
        try {
            value = EVERYTHING.decode(bytes);
        } catch (CodecException e) {
            return false;
        }
        assertThat(EVERYTHING.decode(EVERYTHING.encode(value))).isEqualTo(value);
        return true;
    }

    private static byte[] damage(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        if (random.nextInt(8) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        byte[] damaged = Arrays.copyOf(bytes, bytes.length + (random.nextInt(8) == 0 ? random.nextInt(9) : 0));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(damaged.length);
            damaged[at] =
                    random.nextBoolean() ? (byte) random.nextInt() : (byte) (damaged[at] ^ 1 << random.nextInt(8));
        }
        return damaged;
    }

    @Test
    void everyTruncationIsRefusedOrAValue() {
        for (int seed = 0; seed < 100; seed++) {
            byte[] bytes = EVERYTHING.encode(new RandomValues(seed).everything());
            for (int length = 0; length < bytes.length; length++) {
                survives(Arrays.copyOf(bytes, length));
            }
        }
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        RecordCodec<Order> codec = RecordCodec.of(Order.class);
        byte[] bytes = codec.encode(new Order("a", 1, List.of()));
        refused(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1)), "Order: ends too early");
        RecordCodec<Long> number = RecordCodec.of(Long.class);
        refused(() -> number.decode(new byte[2]), "1 bytes too many");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        Shape.Body tree =
                (Shape.Body) new ShapeDerivation(Integer.MAX_VALUE).shape(new TypeUse(Tree.class, List.of()), "Tree");
        WireOutput out = new WireOutput(64, WireOutput.MAX_SIZE, 1_000);
        Tree deep = new Tree(0, null, null);
        for (int i = 0; i < 500; i++) {
            deep = new Tree(i, deep, null);
        }
        tree.writeBody(deep, out);
        refused(() -> RecordCodec.of(Tree.class).decode(out.toByteArray()), "nested deeper than 64 levels");
    }

    @Test
    void aCountOfBillionsAllocatesNothing() {
        WireOutput list = new WireOutput();
        list.varLong(2_000_000_000);
        WireOutput out = new WireOutput();
        out.fixed32(WireType.key("items", WireType.BLOCK));
        out.bytes(list.toByteArray());
        refused(
                () -> RecordCodec.of(Order.class).decode(out.toByteArray()),
                "Order.items: a count of 2000000000 items of at least 1 bytes, with 0 bytes left");
    }

    @Test
    void fieldsThatAreThereTwiceAreRefused() {
        WireOutput out = new WireOutput();
        for (int i = 0; i < 2; i++) {
            out.fixed32(WireType.key("number", WireType.VARINT));
            out.signedVarLong(5);
        }
        refused(() -> RecordCodec.of(Order.class).decode(out.toByteArray()), "not in ascending order of their keys");
    }

    @Test
    void elementsThatAreThereTwiceOrUnsortedAreRefused() {
        record Names(java.util.Set<String> names) {}
        for (String second : List.of("b", "a")) {
            WireOutput set = new WireOutput();
            set.varLong(2);
            set.string("b");
            set.string(second);
            WireOutput out = new WireOutput();
            out.fixed32(WireType.key("names", WireType.BLOCK));
            out.bytes(set.toByteArray());
            refused(
                    () -> RecordCodec.of(Names.class).decode(out.toByteArray()),
                    "Names.names: keys or elements that are not in ascending order");
        }
    }

    @Test
    void theMessageNamesThePlace() {
        RecordCodec<Order> codec = RecordCodec.of(Order.class);
        byte[] bytes =
                codec.encode(new Order("a", 1, List.of(new CodecTypes.Item("x", 1), new CodecTypes.Item("\u007f", 2))));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 0x7F ? (byte) 0xFF : bytes[i];
        }
        refused(() -> codec.decode(bytes), "Order.items[1].name: text that is not UTF-8");
    }

    private static void refused(Runnable call, String message) {
        assertThatExceptionOfType(CodecException.class).isThrownBy(call::run).withMessageContaining(message);
    }
}
