package io.legion.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChunksTest {
    private final Chunks chunks = new Chunks();

    private List<Chunk> take(int count) {
        var taken = new ArrayList<Chunk>();
        for (int i = 0; i < count; i++) {
            taken.add(chunks.take(Chunks.FULL));
        }
        return taken;
    }

    private void giveBack(List<Chunk> given) {
        given.forEach(chunks::giveBack);
    }

    private static int common(List<Chunk> some, List<Chunk> others) {
        var common = new ArrayList<>(some);
        common.retainAll(others);
        return common.size();
    }

    @Test
    void aFullChunkIsUsedAgain() {
        var chunk = chunks.take(Chunks.FULL);
        chunks.giveBack(chunk);
        assertThat(chunks.take(Chunks.FULL)).isSameAs(chunk);
        assertThat(chunks.take(Chunks.FULL)).isNotSameAs(chunk);
    }

    @Test
    void anotherChunkIsNot() {
        var chunk = chunks.take(512);
        chunks.giveBack(chunk);
        assertThat(chunks.take(512)).isNotSameAs(chunk);
    }

    @Test
    void asManyAreKeptAsAreInUse() {
        var taken = take(1_000);
        giveBack(taken.subList(0, 500));
        assertThat(common(take(500), taken)).isEqualTo(500);
    }

    @Test
    void whenFewAreInUseFewAreKept() {
        var taken = take(1_000);
        giveBack(taken.subList(0, 900));
        assertThat(common(take(900), taken)).isEqualTo(100);
    }

    @Test
    void whenNoneIsInUseSomeAreKept() {
        var taken = take(1_000);
        giveBack(taken);
        assertThat(common(take(1_000), taken)).isEqualTo(Chunks.SPARE);
    }

    @Test
    void aChunkToFillGrowsWithWhatItsLogHolds() {
        assertThat(sizeFor(0, 0)).isEqualTo(256);
        assertThat(sizeFor(256, 100)).isEqualTo(256);
        assertThat(sizeFor(257, 100)).isEqualTo(512);
        assertThat(sizeFor(0, 300)).isEqualTo(512);
        assertThat(sizeFor(0, Chunks.LONGEST_SHARED)).isEqualTo(Chunks.LONGEST_SHARED);
        assertThat(sizeFor(10_000, 1)).isEqualTo(Chunks.FULL);
        assertThat(sizeFor(1L << 40, 1)).isEqualTo(Chunks.FULL);
    }

    private int sizeFor(long held, int length) {
        return chunks.takeFor(held, length).bytes.length;
    }
}
