package io.legion.core.shard;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.OptionalLong;
import java.util.TreeSet;

/// The partitions whose states are too large to be hashed at every fold, and have changed since they were hashed last
/// (R58).
///
/// They are hashed at agreed positions, the larger the more seldom: at every one those up to [#LEAST], at every
/// second those up to twice that, and so on; at every 256th all of them. So hashing costs an event little,
/// whatever its state takes, and what an event did to a state shows within 256 agreed positions, within 64 if the
/// state takes at most 256 KiB. Which states are hashed where depends on history alone, so this list is a part of it.
final class LargeStates {
    /// What is hashed at every agreed position, in bytes.
    private static final int LEAST = 4 * 1024;

    /// Binary logarithm of the number of agreed positions after which all are hashed.
    private static final int LEVELS = 8;

    private final PartitionTypes types;
    private final Infimum infimum;
    private final StateMeasure measure;
    private final TreeSet<PartitionAddress> changed = new TreeSet<>();

    LargeStates(PartitionTypes types, Infimum infimum, StateMeasure measure) {
        this.types = types;
        this.infimum = infimum;
        this.measure = measure;
    }

    /// An event that has folded changed this one.
    void changed(PartitionAddress address) {
        changed.add(address);
    }

    /// Hashes those whose turn it is.
    ///
    /// @param turn the number of the agreed position, from 1
    /// @return 0 if there are none
    long hash(long turn) {
        int most = most(turn);
        long sum = 0;
        for (var rest = changed.iterator(); rest.hasNext(); ) {
            PartitionAddress address = rest.next();
            OptionalLong hash = hash(address, most);
            if (hash.isPresent()) {
                rest.remove();
                sum = Hash.mix(sum * 31 + hash.getAsLong());
            }
        }
        return sum;
    }

    private OptionalLong hash(PartitionAddress address, int most) {
        var type = types.require(address.type());
        return measure.hash(type, infimum.state(address, type), most);
    }

    private static int most(long turn) {
        int level = Math.min(LEVELS, Long.numberOfTrailingZeros(turn));
        return level == LEVELS ? Integer.MAX_VALUE : LEAST << level;
    }

    void write(WireOutput out) {
        out.varLong(changed.size());
        changed.forEach(address -> Wire.address(out, address));
    }

    void read(WireInput in) {
        changed.clear();
        changed.addAll(in.list(Wire::address));
    }
}
