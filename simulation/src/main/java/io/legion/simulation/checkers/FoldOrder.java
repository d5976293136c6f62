package io.legion.simulation.checkers;

import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// I1: the folded sequences of any two replicas of a shard in one era are beginnings of one history.
final class FoldOrder implements Checker.OfFolds {
    private final World world;
    private final TwoOutcomes outcomes;

    FoldOrder(World world) {
        this.world = world;
        this.outcomes = new TwoOutcomes(world);
    }

    @Override
    public void folded(Machine machine, EraHistory line, Chronicle.Folded folded, boolean news) {
        if (news) {
            compare(machine, line.at(folded.position()), folded);
            compare(machine, line.of(folded.event()), folded);
        }
        Chronicle.Folded unstored = line.unstoredAt(folded.position());
        if (unstored != null && !unstored.event().equals(folded.event())) {
            world.broken(
                    "FoldOrder",
                    machine.name + " folded " + folded + ", and one that ended before it stored that had folded "
                            + unstored);
        }
    }

    private void compare(Machine machine, Chronicle.@Nullable Folded before, Chronicle.Folded now) {
        if (!now.equals(before)) {
            var different = Optional.ofNullable(before).flatMap(other -> outcomes.differ(now, other));
            world.broken(
                    "FoldOrder", machine.name + different.orElse(" folded " + now + ", and another replica " + before));
        }
    }
}
