package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;

/// A bank account: events that fail, outputs that depend on the order, a state that returns to its first one. The
/// first one has a tag as others have, and yet is in no index; another one has none.
public record Account(long cents) {
    public static final PartitionType<Account> TYPE = PartitionType.named("account", new Account(0))
            .events(Change.class)
            .index(account -> account.cents == 3 ? Set.of() : Set.of(Tag.of("cents", account.cents)));

    /// The changes of an account; each answers the new balance.
    public sealed interface Change extends Event<Account, Long> {
        private static Applied<Account, Long> balance(long cents) {
            return Applied.of(new Account(cents), cents);
        }
    }

    public record Deposit(long cents) implements Change {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            return Change.balance(state.cents + cents);
        }
    }

    /// Fails if there is not enough.
    public record Withdraw(long cents) implements Change {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            if (cents > state.cents) {
                throw new IllegalStateException("only " + state.cents + " cents are there");
            }
            return Change.balance(state.cents - cents);
        }
    }
}
