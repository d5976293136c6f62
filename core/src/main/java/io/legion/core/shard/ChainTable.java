package io.legion.core.shard;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chains by their partitions: a table with open addressing and linear probing (Knuth, *The Art of Computer
/// Programming*, volume 3, 6.4, algorithm L), whose lookups make no object. It has no iteration: its order is
/// that of hashes.
final class ChainTable {
    private static final int LEAST = 64;

    /// A power of two long; at most half of the places are taken.
    private @Nullable Chain[] places = new Chain[LEAST];

    /// The hash of the chain at the same place: it tells most chains apart without a look at them.
    private int[] hashes = new int[LEAST];

    private int size;

    @Nullable
    Chain find(PartitionAddress address) {
        return places[place(address, address.hashCode())];
    }

    /// The chain of an event's partition.
    @Nullable
    Chain find(LogEntry entry) {
        int hash = entry.addressHash();
        int place = home(hash);
        for (Chain chain = places[place]; chain != null; chain = places[place]) {
            if (hashes[place] == hash && chain.typeId == entry.type() && entry.isOf(chain.key)) {
                return chain;
            }
            place = next(place);
        }
        return null;
    }

    /// Adds a chain whose partition has none yet.
    void add(Chain chain) {
        if (++size * 2 > places.length) {
            move(places.length * 2, places);
        }
        put(chain);
    }

    private void put(Chain chain) {
        int place = place(chain.address, chain.hash);
        places[place] = chain;
        hashes[place] = chain.hash;
    }

    /// Keeps only these chains, which are in the table.
    void retain(List<Chain> chains) {
        size = chains.size();
        int length = Math.max(LEAST, Integer.highestOneBit(Math.max(1, size)) * 4);
        move(Math.min(length, places.length), chains.toArray(Chain[]::new));
    }

    private void move(int length, @Nullable Chain[] chains) {
        places = new Chain[length];
        hashes = new int[length];
        for (Chain chain : chains) {
            if (chain != null) {
                put(chain);
            }
        }
    }

    /// The place of a partition's chain, or the free place where it would be.
    private int place(PartitionAddress address, int hash) {
        byte[] key = address.key().bytes().shared();
        int place = home(hash);
        for (Chain chain = places[place]; chain != null; chain = places[place]) {
            if (hashes[place] == hash && chain.typeId == address.type() && Arrays.equals(chain.key, key)) {
                return place;
            }
            place = next(place);
        }
        return place;
    }

    private int next(int place) {
        return (place + 1) & (places.length - 1);
    }

    private int home(int hash) {
        int spread = hash * 0x9e3779b9;
        return (spread ^ spread >>> 15) & (places.length - 1);
    }
}
