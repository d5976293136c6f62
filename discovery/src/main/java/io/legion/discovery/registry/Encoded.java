package io.legion.discovery.registry;

import io.legion.core.Codec;
import java.util.Arrays;

/// An [Instance] as bytes.
///
/// Each event writes an instance's state anew, and most events are renewals that change nothing of what the
/// instance says. As bytes that part is copied, not encoded, and takes little memory in a snapshot.
///
/// @param bytes never changed after construction
@SuppressWarnings("ArrayRecordComponent") // private to this package's states; compared by content below
public record Encoded(byte[] bytes) {
    private static final Codec<Instance> CODEC = Codec.derived(Instance.class);

    /// The bytes of this instance; equal instances have equal bytes.
    public static Encoded of(Instance instance) {
        return new Encoded(CODEC.encode(instance));
    }

    /// The instance.
    public Instance decode() {
        return CODEC.decode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Encoded encoded && Arrays.equals(bytes, encoded.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Encoded[" + bytes.length + " bytes]";
    }
}
