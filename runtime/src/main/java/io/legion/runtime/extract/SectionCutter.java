package io.legion.runtime.extract;

import io.legion.core.Bytes;
import io.legion.core.primitive.Murmur;
import io.legion.core.shard.PartitionAddress;
import io.legion.operations.ExtractedState;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts the states of a shard into sections. The key of a state and its size say whether a section ends behind it, so
/// two extracts of one shard have the sections in common in which nothing changed.
final class SectionCutter {
    /// A section ends earlier only with the shard.
    static final int LEAST_BYTES = 64 * 1024;

    /// About how many more bytes a section gets.
    private static final long MORE_BYTES = 192 * 1024;

    /// A section ends at the latest behind the state with which it has so many.
    static final int MOST_BYTES = 1024 * 1024;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final MessageDigest all = sha256();
    private ByteBuffer content = ByteBuffer.allocate(2 * LEAST_BYTES);
    private Bytes last = Bytes.EMPTY;
    private long states;
    private long allStates;
    private long allBytes;

    /// Takes the next state.
    ///
    /// @return the section that ends behind it; null if it goes on
    @Nullable
    Section add(PartitionAddress address, Bytes state) {
        var extracted = new ExtractedState(address.type(), address.key(), state);
        int size = ExtractedState.size(address.key().bytes().size(), state.size());
        makeRoom(size);
        extracted.write(content);
        last = extracted.address();
        states++;
        boolean ends =
                content.position() >= MOST_BYTES || (content.position() >= LEAST_BYTES && isBoundary(last, size));
        return ends ? cut() : null;
    }

    /// The chance of a boundary behind a state is that of its size, whatever the sizes of states.
    private static boolean isBoundary(Bytes address, int size) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < address.size(); i++) {
            hash = (hash ^ (address.at(i) & 0xff)) * FNV_PRIME;
        }
        return (Murmur.mix(hash) >>> 32) < ((long) size << 32) / MORE_BYTES;
    }

    private void makeRoom(int size) {
        int needed = Math.addExact(content.position(), size);
        if (needed > content.capacity()) {
            long grown = Math.max(needed, Math.min(Integer.MAX_VALUE - 16L, 2L * content.capacity()));
            content =
                    ByteBuffer.wrap(Arrays.copyOf(content.array(), (int) grown)).position(content.position());
        }
    }

    /// What is left as the last section; null if nothing is.
    @Nullable
    Section rest() {
        return states == 0 ? null : cut();
    }

    /// The end, behind the last section.
    Section end() {
        return Section.end(Bytes.wrap(all.digest()), allStates, allBytes);
    }

    private Section cut() {
        byte[] bytes = Arrays.copyOf(content.array(), content.position());
        all.update(bytes);
        var section = Section.of(Bytes.wrap(sha256().digest(bytes)), states, last, bytes);
        allStates += states;
        allBytes += bytes.length;
        states = 0;
        content = ByteBuffer.allocate(2 * LEAST_BYTES);
        return section;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("every Java has SHA-256", none);
        }
    }
}
