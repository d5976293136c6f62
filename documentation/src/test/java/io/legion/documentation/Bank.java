package io.legion.documentation;

// region: first
import io.legion.Legion;
import io.legion.core.*;

class Bank {
    record Account(long cents) {}

    record Deposit(long cents) implements Event<Account, Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            var next = new Account(state.cents() + cents);
            return Applied.of(next, next.cents()); // pure: every replica applies it
        }
    }

    static final PartitionType<Account> ACCOUNTS =
            PartitionType.named("account", new Account(0)).events(Deposit.class);

    public static void main(String[] args) {
        try (var legion = Legion.open("bank", ACCOUNTS)) {
            var alice = legion.partitions(ACCOUNTS).of("alice");
            System.out.println(alice.request(new Deposit(5), Consistency.FINAL).output());
        }
    }
}
// end: first
