package io.legion.simulation;

import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import java.util.List;

/// The workload of Legion's own runs: ledgers, which show the order of everything, and accounts.
record LedgersAndAccounts(int keys) implements Workload {
    static Workload of(Plan plan) {
        return new LedgersAndAccounts(Scene.of(plan.seed()).keys());
    }

    @Override
    public List<PartitionType<?>> types() {
        return List.of(Ledger.TYPE, Account.TYPE);
    }

    @Override
    public Wish next(long number, Randomness random) {
        var key = PartitionKey.of("k" + random.below(keys));
        if (random.chance(0.6)) {
            return new Wish(Ledger.TYPE, key, new Ledger.Append(number));
        }
        long cents = random.between(1, 5);
        return new Wish(
                Account.TYPE, key, random.chance(0.5) ? new Account.Deposit(cents) : new Account.Withdraw(cents));
    }
}
