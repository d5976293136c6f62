package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legion.core.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {
    private static final long[] EDGES = {
        0,
        1,
        -1,
        63,
        64,
        -64,
        -65,
        127,
        128,
        16383,
        16384,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    @Test
    void longTextIsWrittenAsShortTextIs() {
        for (String end : List.of("", "?", "\u00e9", "\u0448", "\u6f22", "\ud83d\ude42", "\u0100?")) {
            String text = "a".repeat(1_000) + end;
            var out = new WireOutput();
            out.string(text);
            var plain = new WireOutput();
            plain.bytes(text.getBytes(StandardCharsets.UTF_8));
            assertThat(out.toByteArray()).isEqualTo(plain.toByteArray());
            assertThat(new WireInput(out.toByteArray()).string()).isEqualTo(text);
        }
        refused(() -> new WireOutput().string("a".repeat(1_000) + "\uD83D"), "half of a surrogate pair");
    }

    @Test
    void whatIsWrittenIsReadBackInOrder() {
        WireOutput out = new WireOutput(0, WireOutput.MAX_SIZE);
        for (long edge : EDGES) {
            out.varLong(edge);
            out.signedVarLong(edge);
            out.fixed64(edge);
            out.fixed32((int) edge);
            out.writeByte((int) edge);
        }
        out.bytes(new byte[] {1, 2, 3});
        out.string("naïve 漢字 🙂 \uFFFD");
        out.string("plain");

        WireInput in = new WireInput(out.toByteArray());
        for (long edge : EDGES) {
            assertThat(in.varLong()).isEqualTo(edge);
            assertThat(in.signedVarLong()).isEqualTo(edge);
            assertThat(in.fixed64()).isEqualTo(edge);
            assertThat(in.fixed32()).isEqualTo((int) edge);
            assertThat(in.readByte()).isEqualTo((byte) edge);
        }
        assertThat(in.bytes()).containsExactly(1, 2, 3);
        assertThat(in.string()).isEqualTo("naïve 漢字 🙂 \uFFFD");
        assertThat(in.string()).isEqualTo("plain");
        in.requireEnd();
    }

    @Test
    void randomIntegersSurvive() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            WireOutput out = new WireOutput();
            out.varLong(value);
            out.signedVarLong(value);
            WireInput in = new WireInput(out.toByteArray());
            assertThat(in.varLong()).isEqualTo(value);
            assertThat(in.signedVarLong()).isEqualTo(value);
            in.requireEnd();
        }
    }

    @Test
    void smallIntegersAreOneByte() {
        WireOutput out = new WireOutput();
        out.varLong(127);
        out.signedVarLong(-64);
        assertThat(out.toByteArray()).containsExactly(127, 127);
    }

    @Test
    void aPartOfAnArrayIsReadAndNotBeyond() {
        WireInput in = new WireInput(new byte[] {9, 1, 2, 9}, 1, 2);
        assertThat(in.raw(2)).containsExactly(1, 2);
        refused(in::readByte, "ends too early");
    }

    @Test
    void blocksGetTheShortestLengthBeforeThem() {
        for (int size : new int[] {0, 127, 128, 16383, 16384, 2_097_152}) {
            WireOutput out = new WireOutput();
            int start = out.open();
            out.raw(new byte[size]);
            out.close(start);
            WireOutput direct = new WireOutput();
            direct.bytes(new byte[size]);
            assertThat(out.toByteArray()).isEqualTo(direct.toByteArray());
        }
    }

    @Test
    void aLengthBeyondTheEndIsRefusedBeforeAllocation() {
        WireOutput out = new WireOutput();
        out.varLong(1L << 40);
        refused(() -> new WireInput(out.toByteArray()).bytes(), "a length of 1099511627776 bytes, with 0 bytes left");
        refused(() -> new WireInput(out.toByteArray()).string(), "a length of");
        refused(() -> new WireInput(out.toByteArray()).count(1), "a count of");
    }

    @Test
    void aCountIsBoundedByTheBytesLeft() {
        assertThat(new WireInput(new byte[] {2, 0, 0, 0, 0}).count(2)).isEqualTo(2);
        refused(() -> new WireInput(new byte[] {3, 0, 0, 0, 0}).count(2), "a count of 3 items");
    }

    @Test
    void integersThatAreTooLongAreRefused() {
        byte[] endless = new byte[11];
        java.util.Arrays.fill(endless, (byte) 0x80);
        refused(() -> new WireInput(endless).varLong(), "more than ten bytes");
        refused(() -> new WireInput(new byte[] {(byte) 0x80, 0}).varLong(), "longer than it should be");
        refused(() -> new WireInput(new byte[] {(byte) 0x80}).varLong(), "ends too early");
    }

    @Test
    void anIntegerBeyond32BitsIsNoInt() {
        WireOutput out = new WireOutput();
        out.signedVarLong(1L << 31);
        refused(() -> new WireInput(out.toByteArray()).signedVarInt(), "does not fit into 32 bits");
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        refused(() -> new WireInput(new byte[] {2, (byte) 0xC0, (byte) 0x80}).string(), "not UTF-8");
        refused(() -> new WireOutput().string("half \uD83D"), "half of a surrogate pair");
    }

    @Test
    void bytesLeftAtTheEndAreRefused() {
        refused(() -> new WireInput(new byte[2]).requireEnd(), "2 bytes too many");
    }

    @Test
    void theMaximumSizeHolds() {
        WireOutput out = new WireOutput(4, 100);
        refused(() -> out.raw(new byte[101]), "longer than the 100 bytes allowed");
        out.raw("x".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertThat(out.size()).isEqualTo(100);
    }

    private static void refused(Runnable call, String message) {
        assertThatExceptionOfType(CodecException.class).isThrownBy(call::run).withMessageContaining(message);
    }
}
