package io.legion.simulation.workload;

import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.simulation.Randomness;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import java.util.List;

/// The workload of Legion's own runs: ledgers, which show the order of everything, accounts, and documents.
public record MixedTypes(int keys) implements Workload {
    public static Workload of(Plan plan) {
        return new MixedTypes(Scene.of(plan.seed()).load().keys());
    }

    @Override
    public List<PartitionType<?>> types() {
        return List.of(Ledger.TYPE, Account.TYPE, Document.TYPE);
    }

    @Override
    public Wish next(long number, Randomness random) {
        var key = PartitionKey.of("k" + random.below(keys));
        if (random.chance(0.6)) {
            return new Wish(Ledger.TYPE, key, new Ledger.Append(number));
        }
        if (random.chance(0.4)) {
            return new Wish(Document.TYPE, key, change(number, random));
        }
        long cents = random.between(1, 5);
        return new Wish(
                Account.TYPE, key, random.chance(0.5) ? new Account.Deposit(cents) : new Account.Withdraw(cents));
    }

    private static Document.Change change(long number, Randomness random) {
        return switch ((int) random.between(0, 9)) {
            case 0 -> new Document.Erase();
            case 1, 2, 3, 4 -> new Document.Rewrite(number);
            default -> new Document.Approve(number);
        };
    }
}
