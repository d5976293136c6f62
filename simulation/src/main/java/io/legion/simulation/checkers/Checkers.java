package io.legion.simulation.checkers;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.history.Histories;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;
import java.util.function.BiFunction;

/// All checkers of a run. Each hears only of what it watches, because some of that happens with every request.
public final class Checkers implements Histories.Listener {
    private final List<Checker> all;
    private final List<Checker.OfFolds> ofFolds;
    private final List<Checker.OfLooks> ofLooks;
    private final List<Checker.OfSearches> ofSearches;

    /// The checkers of a run.
    ///
    /// @param more one checker beside those of every run
    public Checkers(World world, Histories histories, Operator operator, BiFunction<World, Histories, Checker> more) {
        all = List.of(
                new FoldOrder(world),
                new EqualHistoryEqualState(world, histories),
                new OneDecision(world),
                new OneVersion(world, histories),
                new NeverEmptied(world),
                new BoundedMemory(world),
                new RequestOnce(world, histories),
                new NoSilentLoss(world, histories, operator),
                new DurableSurvives(world, histories, operator),
                new FinalLinearizable(world, histories, operator),
                new IndexEqualsStates(world),
                new ReadYourWrites(world, histories),
                new SearchYieldsEachOnce(world),
                more.apply(world, histories));
        ofFolds = only(Checker.OfFolds.class);
        ofLooks = only(Checker.OfLooks.class);
        ofSearches = only(Checker.OfSearches.class);
    }

    private <C extends Checker> List<C> only(Class<C> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void folded(Machine machine, EraHistory line, Chronicle.Folded folded, boolean news) {
        for (Checker.OfFolds checker : ofFolds) {
            checker.folded(machine, line, folded, news);
        }
    }

    public void looked(Machine machine, int shard, ReplicaStatus status) {
        for (Checker.OfLooks checker : ofLooks) {
            checker.looked(machine, shard, status);
        }
    }

    public void restored(Machine machine) {
        ofLooks.forEach(checker -> checker.restored(machine));
    }

    public void asked(Machine machine, int type) {
        for (Checker.OfSearches checker : ofSearches) {
            checker.asked(machine, type);
        }
    }

    public void yielded(int type, SearchTag from, List<IndexRecord> records) {
        ofSearches.forEach(checker -> checker.yielded(type, from, records));
    }

    public void atRest() {
        all.forEach(Checker::atRest);
    }
}
