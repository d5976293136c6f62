package io.legion.runtime.extract;

import io.legion.core.Bytes;
import io.legion.core.shard.Replica;
import io.legion.core.shard.StoredHistory;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.StoredShard;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the states of a shard as they were at one position of its history, while the node goes on.
///
/// A scan shows the store as it was at one moment of its call, and the record of the history changes with the states
/// (R73). So if that record is the same before the scan begins and when it shows the first state, the states are those
/// of that position.
final class ShardScan {
    /// A checkpoint between the two looks at the history is rare: it comes every few seconds.
    private static final int TRIES = 100;

    private final LaneSetup lane;
    private final int shard;
    private final long least;
    private final StoredShard stored;
    private final SectionCutter cutter = new SectionCutter();

    /// @param least the position that the extract must have reached
    ShardScan(LaneSetup lane, int shard, long least) {
        this.lane = lane;
        this.shard = shard;
        this.least = least;
        this.stored = new StoredShard(shard, lane.store(), lane.cache(), lane.types());
    }

    /// Reads the shard.
    ///
    /// @param opened hears of the position, before the first section
    /// @param sections takes each section and the end; false ends the reading
    /// @throws IllegalStateException if the shard is not here, or not so far
    void run(Consumer<StoredHistory> opened, Predicate<Section> sections) {
        for (int tries = 0; tries < TRIES; tries++) {
            var history = history();
            var pass = new Pass(history, opened, sections);
            byte[] from = ShardLayout.begin('s', shard);
            lane.store().scan(from, ShardLayout.after(from), pass::visit);
            if (pass.begins() && !pass.ended) {
                finish(sections);
                return;
            }
            if (pass.ended) {
                return;
            }
        }
        throw new IllegalStateException("shard " + shard + " changed each time that its extract began");
    }

    private void finish(Predicate<Section> sections) {
        var rest = cutter.rest();
        if (rest == null || sections.test(rest)) {
            var _ = sections.test(cutter.end());
        }
    }

    private StoredHistory history() {
        var history = find();
        if (history == null) {
            throw new IllegalStateException("this node takes no part in shard " + shard);
        }
        if (history.position() < least) {
            throw new IllegalStateException("this node's store has shard " + shard + " at the position "
                    + history.position() + ", and not yet at " + least);
        }
        return history;
    }

    private @Nullable StoredHistory find() {
        return Replica.storedHistory(new Replica.Setup(lane.self(), lane.replicas(), lane.types(), stored));
    }

    /// One scan.
    private final class Pass {
        private final StoredHistory before;
        private final Consumer<StoredHistory> opened;
        private final Predicate<Section> sections;
        private boolean checked;
        private boolean same;
        private boolean ended;

        Pass(StoredHistory before, Consumer<StoredHistory> opened, Predicate<Section> sections) {
            this.before = before;
            this.opened = opened;
            this.sections = sections;
        }

        boolean visit(byte[] key, byte[] value) {
            if (!begins()) {
                return false;
            }
            var section = cutter.add(ShardLayout.addressOfState(key), Bytes.wrap(value));
            ended = section != null && !sections.test(section);
            return !ended;
        }

        /// Looks whether the history is still as before, once.
        boolean begins() {
            if (!checked) {
                checked = true;
                same = before.equals(find());
                if (same) {
                    opened.accept(before);
                }
            }
            return same;
        }
    }
}
