package io.legion.runtime.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.codec.WireOutput;
import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.placement.StoppedCopies.Stopped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// R76: a report of stopped shards arrives as its node wrote it.
final class StoppedShardsTest {
    @Test
    void aReportIsReadAsItWasWritten() {
        for (var shards : List.of(
                new TreeMap<Integer, Stopped>(),
                new TreeMap<>(Map.of(
                        3, new Stopped(Kind.UNREADABLE, "a block is damaged", false),
                        4, new Stopped(Kind.STORE_FULL, "no room", false),
                        5, new Stopped(Kind.STORE_FAILED, "an I/O error", false),
                        6, new Stopped(Kind.DIVERGED, "it differs", true),
                        700, new Stopped(Kind.OTHER, "", true))))) {
            var report = new Item.StoppedShards(1L << 40, shards);
            var out = new WireOutput();
            out.writeByte(FrameCodec.VERSION);
            FrameCodec.write(out, report);

            assertThat(FrameCodec.read(Bytes.wrap(out.toByteArray()))).containsExactly(report);
        }
    }

    @Test
    void aKindOfALaterReleaseIsAnother() {
        assertThat(Kind.of((byte) 77)).isEqualTo(Kind.OTHER);
    }
}
