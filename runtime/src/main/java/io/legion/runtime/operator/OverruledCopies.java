package io.legion.runtime.operator;

import io.legion.core.PartitionType;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Unfound;
import io.legion.operations.LostEvent;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The overruled copies of a node as an operator reads them. A frame has to have room for them, so they list a
/// bounded number of events in all.
final class OverruledCopies {
    private OverruledCopies() {}

    static List<OverruledCopy> of(SortedMap<Integer, Overruled> overruled, PartitionTypes types) {
        var copies = new ArrayList<OverruledCopy>();
        int room = Operations.MOST_LOST_EVENTS;
        for (var copy : overruled.entrySet()) {
            var listed = of(copy.getKey(), copy.getValue(), types, room);
            room -= listed.lost().size();
            copies.add(listed);
        }
        return List.copyOf(copies);
    }

    private static OverruledCopy of(int shard, Overruled overruled, PartitionTypes types, int most) {
        var lost = overruled.unfound().stream()
                .limit(most)
                .map(unfound -> lost(unfound, types))
                .toList();
        return new OverruledCopy(shard, overruled.complete(), lost, overruled.count() - lost.size());
    }

    private static LostEvent lost(Unfound unfound, PartitionTypes types) {
        var type = types.find(unfound.address().type());
        return new LostEvent(
                unfound.request(),
                unfound.event(),
                Optional.ofNullable(type).map(PartitionType::name),
                unfound.address().key(),
                unfound.folded());
    }
}
