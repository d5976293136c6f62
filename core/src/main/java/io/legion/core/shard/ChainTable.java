package io.legion.core.shard;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chains by their partitions: a table with open addressing and linear probing (Knuth, *The Art of Computer
/// Programming*, volume 3, 6.4, algorithm L), in which finding one makes no object. It can not be gone through: its
/// order is that of hashes.
final class ChainTable {
    private static final int LEAST = 64;

    /// A power of two long; at most half of the places are taken.
    private @Nullable Chain[] places = new Chain[LEAST];

    private int size;

    @Nullable
    Chain find(PartitionAddress address) {
        return places[place(address)];
    }

    /// Takes in a chain whose partition has none yet.
    void add(Chain chain) {
        if (++size * 2 > places.length) {
            move(places.length * 2, places);
        }
        places[place(chain.address)] = chain;
    }

    /// Keeps only these, which are in it.
    void retain(List<Chain> chains) {
        size = chains.size();
        int length = Math.max(LEAST, Integer.highestOneBit(Math.max(1, size)) * 4);
        move(Math.min(length, places.length), chains.toArray(Chain[]::new));
    }

    private void move(int length, @Nullable Chain[] chains) {
        places = new Chain[length];
        for (Chain chain : chains) {
            if (chain != null) {
                places[place(chain.address)] = chain;
            }
        }
    }

    /// Where the chain of a partition is, or the free place where it would be.
    private int place(PartitionAddress address) {
        byte[] key = address.key().bytes().shared();
        int hash = address.hashCode();
        int place = home(hash);
        for (Chain chain = places[place]; chain != null && !isOf(chain, hash, address, key); chain = places[place]) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private static boolean isOf(Chain chain, int hash, PartitionAddress address, byte[] key) {
        return chain.hash == hash
                && chain.address.type() == address.type()
                && Arrays.equals(chain.address.key().bytes().shared(), key);
    }

    private int home(int hash) {
        int spread = hash * 0x9e3779b9;
        return (spread ^ spread >>> 15) & (places.length - 1);
    }
}
