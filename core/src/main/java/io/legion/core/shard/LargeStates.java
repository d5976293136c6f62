package io.legion.core.shard;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Murmur;
import java.util.OptionalLong;
import java.util.TreeSet;

/// The partitions whose states are too large to hash at every fold, and changed since their last hash (R58).
///
/// The replica hashes them at agreed positions, the larger ones less often: those up to [#LEAST] at every
/// position, those up to twice that at every second, and so on; at every 256th all of them. So hashing costs an
/// event little, whatever its state takes. What an event did to a state shows within 256 agreed positions,
/// within 64 if the state takes at most 256 KiB. Which states are hashed where depends on history alone, so
/// this list is part of it.
final class LargeStates {
    /// The largest state, in bytes, that is hashed at every agreed position.
    private static final int LEAST = 4 * 1024;

    /// Binary logarithm of the number of agreed positions after which all are hashed.
    private static final int LEVELS = 8;

    private final PartitionTypes types;
    private final Infimum infimum;
    private final StateMeasure measure;
    private final VersionTable versions;
    private final TreeSet<PartitionAddress> changed = new TreeSet<>();

    LargeStates(PartitionTypes types, Infimum infimum, StateMeasure measure, VersionTable versions) {
        this.versions = versions;
        this.types = types;
        this.infimum = infimum;
        this.measure = measure;
    }

    /// A folded event gave this partition's state.
    void applied(PartitionAddress address) {
        changed.add(address);
    }

    /// Hashes the states whose turn it is.
    ///
    /// @param time of the event at that position, whose version of each type counts
    /// @param turn the number of the agreed position, from 1
    /// @param trail gets what each of them gives
    /// @return 0 if there are none
    long hash(long turn, long time, HashTrail trail) {
        int most = most(turn);
        long sum = 0;
        for (var rest = changed.iterator(); rest.hasNext(); ) {
            PartitionAddress address = rest.next();
            OptionalLong hash = hash(address, most, time);
            if (hash.isPresent()) {
                rest.remove();
                trail.add(new HashTrail.Large(address, hash.getAsLong()));
                sum = Murmur.mix(sum * 31 + hash.getAsLong());
            }
        }
        return sum;
    }

    private OptionalLong hash(PartitionAddress address, int most, long time) {
        var type = types.require(address.type());
        return measure.hash(type, versions.of(type.id()).at(time), infimum.state(address, type), most);
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
