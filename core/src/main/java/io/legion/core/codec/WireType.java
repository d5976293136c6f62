package io.legion.core.codec;

import java.nio.charset.StandardCharsets;

/// The key of a field: 29 bits of the hash of its name and three bits that say how to skip its value.
final class WireType {
    static final int VARINT = 0;
    static final int FIXED32 = 1;
    static final int FIXED64 = 2;
    static final int BLOCK = 3;

    private static final int BITS = 3;
    private static final int FNV_OFFSET = 0x811C9DC5;
    private static final int FNV_PRIME = 0x01000193;

    private WireType() {}

    static int key(String name, int wireType) {
        int hash = hash32(name);
        int folded = (hash ^ (hash >>> 29)) & 0x1FFFFFFF;
        // 0 stands for "before the first field".
        return (folded == 0 ? 1 : folded) << BITS | wireType;
    }

    static int of(int key) {
        return key & ((1 << BITS) - 1);
    }

    static int hash(int key) {
        return key >>> BITS;
    }

    static String name(int key) {
        return switch (of(key)) {
            case VARINT -> "integer";
            case FIXED32 -> "four bytes";
            case FIXED64 -> "eight bytes";
            case BLOCK -> "block with its length";
            default -> "unknown kind";
        };
    }

    /// FNV-1a: the same in every run and in every language; its callers look for collisions among siblings.
    static int hash32(String name) {
        int hash = FNV_OFFSET;
        for (byte next : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }
}
