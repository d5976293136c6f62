package io.legion.simulation.workload;

import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.simulation.Randomness;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import java.util.List;

/// A workload whose types have several releases: stocks change with the second one, projects with the third, which
/// brings accounts; ledgers stay as they are.
public record RollingTypes(int keys) implements Workload {
    public static Workload of(Plan plan) {
        return new RollingTypes(Scene.of(plan.seed()).load().keys());
    }

    @Override
    public List<PartitionType<?>> types() {
        return releases().getLast();
    }

    @Override
    public List<List<PartitionType<?>>> releases() {
        return List.of(
                List.of(Ledger.TYPE, OldStock.TYPE, OldProject.TYPE),
                List.of(Ledger.TYPE, Stock.TYPE, OldProject.TYPE),
                List.of(Ledger.TYPE, Stock.TYPE, Project.TYPE, Account.TYPE));
    }

    @Override
    public Wish next(long number, Randomness random) {
        var key = PartitionKey.of("k" + random.below(keys));
        return switch ((int) random.between(0, 9)) {
            case 0, 1, 2 -> new Wish(Ledger.TYPE, key, new Ledger.Append(number));
            case 3, 4, 5 -> new Wish(Stock.TYPE, key, change(random));
            case 6, 7, 8 -> new Wish(Project.TYPE, key, step(number, random));
            default -> new Wish(Account.TYPE, key, new Account.Deposit(random.between(1, 5)));
        };
    }

    private static Stock.StockChange change(Randomness random) {
        return switch ((int) random.between(0, 7)) {
            case 0 -> new Stock.Extend(random.between(1, 9));
            case 1 -> new Stock.Add(random.between(1, 5), random.between(1, 5));
            default -> new Stock.Add(random.between(1, 5), 0);
        };
    }

    private static Project.Step step(long number, Randomness random) {
        return random.chance(0.7) ? new Project.Put(number) : new Project.Turn();
    }
}
