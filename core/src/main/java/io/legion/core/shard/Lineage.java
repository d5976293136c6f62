package io.legion.core.shard;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The epochs that led to a replica's history: those that ended by force, and the positions at which the
/// replica entered the latest ones. Two histories are one up to the end of the last epoch that both had (R43).
final class Lineage {
    /// For how many epochs the replica remembers the position.
    private static final int REMEMBERED = 64;

    /// The epochs that were ended by force, in order.
    private final ArrayList<Long> ends = new ArrayList<>();

    private final TreeMap<Long, Long> entered = new TreeMap<>();

    void entered(long epoch, long position) {
        entered.put(epoch, position);
        while (entered.size() > REMEMBERED) {
            entered.pollFirstEntry();
        }
    }

    void forced(long ended) {
        ends.add(ended);
    }

    List<Long> ends() {
        return List.copyOf(ends);
    }

    /// True if a replica that came to the epoch `present` by way of these ends went through `epoch`.
    static boolean includes(List<Long> ends, long present, long epoch) {
        for (long end : ends) {
            if (Epoch.era(end) == Epoch.era(epoch)) {
                return epoch <= end;
            }
        }
        return Epoch.era(present) == Epoch.era(epoch) && epoch <= present;
    }

    /// The position up to which two replicas have the same history: one in the epoch `own` that has folded up
    /// to `position`, and one that came to the epoch `present` by way of `others`. 0 if that is too old to
    /// know.
    long sharedUpTo(long own, long position, List<Long> others, long present) {
        if (includes(others, present, own)) {
            return position;
        }
        Long last = null;
        for (long epoch : entered.descendingKeySet()) {
            if (includes(others, present, epoch)) {
                return last == null ? position : entered.getOrDefault(last, 0L);
            }
            last = epoch;
        }
        return 0;
    }

    void write(WireOutput out) {
        out.list(ends, WireOutput::varLong);
        out.varLong(entered.size());
        entered.forEach((epoch, position) -> {
            out.varLong(epoch);
            out.varLong(position);
        });
    }

    void read(WireInput in) {
        ends.clear();
        ends.addAll(in.list(WireInput::varLong));
        entered.clear();
        for (int left = in.count(2); left > 0; left--) {
            entered.put(in.varLong(), in.varLong());
        }
    }
}
