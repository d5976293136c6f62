package io.legion.core.codec;

import io.legion.core.CodecException;

/// Lets records evolve: skips fields that no component has any more, by the three bits of their keys that say
/// how long they are. It refuses fields that are out of order, or of another kind than they were.
final class UnknownFields {
    private UnknownFields() {}

    /// Moves over unknown fields to behind the key of a field; if it is not there, to where it would be.
    ///
    /// @param previous the key that the caller looked for before this one, 0 for the first
    /// @return whether it is there
    static boolean seekBehind(WireInput in, int previous, int key) {
        int last = previous;
        while (in.remaining() != 0) {
            int start = in.position();
            int next = in.fixed32();
            requireAscending(last, next);
            if (next == key) {
                return true;
            }
            requireSameKind(next, key);
            if (Integer.compareUnsigned(next, key) > 0) {
                in.rewind(start);
                return false;
            }
            skipValue(in, WireType.of(next));
            last = next;
        }
        return false;
    }

    /// Moves to the end of a record, over the unknown fields behind its last known one.
    static void skipRest(WireInput in, int previous) {
        int last = previous;
        while (in.remaining() != 0) {
            int next = in.fixed32();
            requireAscending(last, next);
            skipValue(in, WireType.of(next));
            last = next;
        }
    }

    private static void requireAscending(int last, int next) {
        if (WireType.hash(next) <= WireType.hash(last)) {
            throw new CodecException("fields that are not in ascending order of their keys");
        }
    }

    private static void requireSameKind(int next, int key) {
        if (WireType.hash(next) == WireType.hash(key)) {
            throw new CodecException("written as another kind of value (" + WireType.name(next) + ") than it is now ("
                    + WireType.name(key) + "): give the new component a name of its own");
        }
    }

    private static void skipValue(WireInput in, int wireType) {
        switch (wireType) {
            case WireType.VARINT -> in.varLong();
            case WireType.FIXED32 -> in.skip(Integer.BYTES);
            case WireType.FIXED64 -> in.skip(Long.BYTES);
            case WireType.BLOCK -> in.skipBlock();
            default -> throw new CodecException("a field of a kind that does not exist: " + wireType);
        }
    }
}
