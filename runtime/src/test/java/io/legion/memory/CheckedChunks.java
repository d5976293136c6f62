package io.legion.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Chunks that find a wrong use of them: what is given back must be in use and empty, and nobody can read it any more.
final class CheckedChunks extends Chunks {
    private final Set<Chunk> inUse = new HashSet<>();

    @Override
    Chunk take(int size) {
        var chunk = super.take(size);
        assertThat(inUse.add(chunk)).as("the chunk was free").isTrue();
        assertThat(chunk.isEmpty()).isTrue();
        assertThat(chunk.hasRoom(size)).isTrue();
        return chunk;
    }

    @Override
    void giveBack(Chunk chunk) {
        assertThat(inUse.remove(chunk)).as("the chunk was in use").isTrue();
        assertThat(chunk.isEmpty()).isTrue();
        Arrays.fill(chunk.bytes, (byte) 0xEE);
        super.giveBack(chunk);
    }

    int inUse() {
        return inUse.size();
    }

    long bytesInUse() {
        return inUse.stream().mapToLong(chunk -> chunk.bytes.length).sum();
    }
}
